/**
 * English words for emotions by part of speech, taken from WordNet by `scripts/emotion-words.ts`, which says how.
 *
 * WordNet 3.1 Copyright 2011 by Princeton University. All rights reserved. Permission to use, copy, modify and
 * distribute this software and database and its documentation for any purpose and without fee or royalty is hereby
 * granted, provided that you agree to comply with the following copyright notice and statements, including the
 * disclaimer, and that the same appear on ALL copies of the software, database and documentation, including
 * modifications that you make for internal use or for distribution. THIS SOFTWARE AND DATABASE IS PROVIDED "AS IS" AND
 * PRINCETON UNIVERSITY MAKES NO REPRESENTATIONS OR WARRANTIES, EXPRESS OR IMPLIED. BY WAY OF EXAMPLE, BUT NOT
 * LIMITATION, PRINCETON UNIVERSITY MAKES NO REPRESENTATIONS OR WARRANTIES OF MERCHANTABILITY OR FITNESS FOR ANY
 * PARTICULAR PURPOSE OR THAT THE USE OF THE LICENSED SOFTWARE, DATABASE OR DOCUMENTATION WILL NOT INFRINGE ANY THIRD
 * PARTY PATENTS, COPYRIGHTS, TRADEMARKS OR OTHER RIGHTS. The name of Princeton University or Princeton may not be used
 * in advertising or publicity pertaining to distribution of the software and/or database. Title to copyright in this
 * software, database and any associated documentation shall at all times remain with Princeton University and LICENSEE
 * agrees to preserve same.
 */

const words = (text: string): ReadonlySet<string> => new Set(text.split(/\s+/).filter((word) => word !== ""))

/** 524 nouns. */
export const emotionNouns = words(`
abashment abhorrence admiration adoration affect affection affectionateness affright agape
aggravation agony alarm algolagnia algophilia alienation alleviation aloofness amativeness amazement
ambition ambivalence ambivalency amiability amicability amicableness amorousness amusement
anaphrodisia anger anglophilia anglophobia angst anguish animosity animus anticipation antipathy
apathy aphrodisia appetence appetency appetite appreciativeness apprehension apprehensiveness
approbation ardor ardour assuagement astonishment ataraxis attachment aversion avidity avidness awe
bashfulness belligerence belligerency belonging beneficence benevolence bitterness blahs blitheness
bloodlust boding bonheur boredom brokenheartedness buoyancy caprice carefreeness caring carnality
chafing chagrin cheerlessness choler closeness coldheartedness commiseration compassion
compassionateness compatibility complacence complacency compunction conceit concupiscence
consolation consternation contempt contentment contriteness contrition coolness covetousness craving
creepy-crawlies crossness cynicism daze defeatism dejectedness delectation delight desire despisal
despising despite despondence despondency detachment detestation devotedness devotion diffidence
disaffection disappointment disapproval discombobulation discomfiture discomposure disconcertion
disconcertment disconsolateness discontent discontentedness discontentment discouragement disdain
disgruntlement disgust disheartenment disinclination dismay dispiritedness displeasure disquiet
disquietude dissatisfaction distaste distress dolefulness dolor dolour downheartedness dread
dreaminess dudgeon dysphoria eagerness earnestness easiness edginess ego elan embarrassment emotion
emotionlessness empathy emulation enamoredness enchantment enjoyment ennui enragement enthrallment
enthusiasm entrancement enviousness envy euphoria euphory exasperation excitement execration
exhilaration expectancy exuberance exultation faintness favour fear fearfulness fearlessness
feelings fervency fervidness fervor fetish fidget fidgetiness fondness foreboding forgiveness
forlornness fretfulness friendliness fright frisson frustration fulfillment fulfilment fury
fussiness gaiety gladfulness gladness gladsomeness glee gleefulness gloat gloating gratefulness
gratitude grief grievance grudge gusto hackles hankering harassment hardheartedness hate hatred
heartache heartbreak heartburning heartlessness heartsickness heartstrings heavyheartedness
hesitance hesitancy hilarity homesickness hope hopelessness horror huffiness huffishness humour
impassiveness impassivity imperturbability imperturbableness indifference indignation infatuation
infuriation ingratitude inquietude insouciance intertrigo irascibility ire irritability jealousy
jitteriness jocularity jocundity jolliness jollity joviality joy joyfulness joylessness joyousness
jubilance jubilancy jubilation jumpiness kind-heartedness kindheartedness languor lasciviousness
leaning lecherousness letdown levity libido lightheartedness lightness lightsomeness liking
listlessness lividity loathing longing love lovesickness lovingness low-spiritedness lubricity lust
lustfulness maleficence malevolence malice maliciousness malignity masochism mawkishness meekness
melancholy mellowness mercifulness mercilessness merriment mirth mirthfulness misanthropy misgiving
misocainea misogamy misogynism misogyny misology misoneism misopedia mood moodiness moroseness
mortification mournfulness murderousness mysoandry mysophilia nervousness nostalgia nymphomania
oppressiveness optimism outrage oversensitiveness painfulness pall pang panic partiality passion
passionateness peeve peevishness penance penchant penitence pensiveness perceptiveness perceptivity
perkiness pessimism petulance philhellenism philia philogyny phlegm pining pitilessness pity
placidity placidness plaintiveness playfulness pleasantness pleasure preference premonition presage
presentiment pride pridefulness propensity protectiveness prurience pruriency qualm quietude quiver
rage rancor rancour ravishment razbliuto regret rejoicing relief relish remorse repentance
repugnance resentment resignation restiveness reverence revulsion rhapsody ruefulness ruthfulness
sadism sadness sadomasochism sanguineness sanguinity satisfaction satyriasis schadenfreude scorn
scunner self-complacency self-consciousness self-depreciation self-disgust self-distrust self-doubt
self-esteem self-hatred self-importance self-love self-pity self-pride self-reproach
self-satisfaction self-torment self-torture sensitiveness sensualism sensuality sensualness
sensuousness sentiment seriousness sexiness shame shamefacedness sheepishness shock shudder shyness
sincerity smugness softheartedness solace solicitousness solicitude sorrow soulfulness spite
spitefulness stab stewing stolidity stupefaction stupor sulk sulkiness sullenness surprise surrender
suspense swivet tearfulness technophilia technophobia tedium temper tenderheartedness terror
testiness tetchiness thankfulness thrill throes timidity timidness timorousness tingle titillation
togetherness torture touchiness trepidation tsoris twinge umbrage unassertiveness uncheerfulness
undertow uneasiness unemotionality unfriendliness ungratefulness unhappiness unpleasantness vanity
velleity veneration vengefulness vexation vindictiveness warmheartedness warmness warpath weepiness
weltschmerz whim wildness willies wish wishfulness wishing wistfulness woefulness wonder wonderment
world-weariness wrath yearning yen zeal zest zestfulness
`)

/** 300 verbs, as lemmas. */
export const emotionVerbs = words(`
abase abash abhor abominate abreact acerbate admire adore afflict affright agonise agonize alarm
alienate allay ambition anger anguish animate annoy antagonize appal appall appease appreciate
arouse assuage awe badger ballyrag bask beatify bedevil begrudge beleaguer bemuse benight beset
bewitch bore brace bridle browbeat buffalo bug bully bullyrag calm captivate care cark chagrin charm
cheer cherish chevvy chevy chill chivvy chivy comfort commiserate commove compassionate conciliate
condole console consternate contemn cotton covet cow craze daunt dehumanise dehumanize deject
delight demean depress derange desire despair despise despond detest devil disaffect disappoint
discombobulate discomfit discompose disconcert discontent discountenance disdain disenchant
disgruntle dishearten disillusion dislike dismay disorder dispirit displease disquiet dissatisfy
distract disturb dither domineer dread drool dun elate electrify elicit embarrass embitter embolden
emote enamor enamour enchant endear enjoy enliven enrage enrapture enthral enthrall enthuse entrance
envenom envy evoke exasperate excite excruciate execrate exhilarate exult faze fear feel ferment
floor fluster freak fret fright frighten fume fuss galvanise galvanize gentle gladden goad gratify
gravel grieve grizzle grudge gruntle hamstring hanker harass harbor harry hassle hate hearten hector
hero-worship hope horrify humanise humanize humble humiliate idolise idolize impress inebriate
infatuate infuriate ingratiate inspire interest intimidate intoxicate invigorate invite irk irritate
joy keen lament lenify lighten like loathe long love lull madden miff mollify mortify mourn nark
nerve niggle obsess offend outrage overawe overjoy overwhelm pacify panic peeve perturb pester pine
pique pity placate please pother prefer preoccupy pride provoke rag rankle reassure recapture regret
rejoice relish repent resent revere reverence rile rue sadden saint savor scandalise scandalize
scare scorn sex shock sicken smoulder solace soothe sorrow spellbind spite spook startle steel stew
still stultify sympathise sympathize tease terrify torment torture trance tranquilize tranquillise
tranquillize transfix tribulate trouble unhinge unman unnerve unsettle untune uplift venerate vex
want whelm wish worry worship wow yearn yen zap
`)

/** 1067 adjectives. */
export const emotionAdjectives = words(`
abhorrent ablaze abominable abusive aching achy acid acrophobic adorable adoring aesthetical afeard
afeared affable affectional affectionate affective affirmative afflictive aflame aflutter afraid
aghast agitated agitating agitative agonal agonised agonising agonized agonizing agoraphobic alarmed
alarming algolagnic algophobic alienating aloof amative amatory ambitious ambivalent amiable
amicable amorous amusing angered anglophilic anglophobic angry anguished animal antagonistic
anticipant anticipative antipathetic antipathetical antsy anxious apathetic aphrodisiac
aphrodisiacal appalled appalling appealing appeasable appeasing apperceptive appetent appreciative
apprehensive aquaphobic arbitrary ardent arresting arrogant ashamed assured ataractic ataraxic
athirst attentive attractive audacious autoerotic averse avid awe-inspiring awed awesome awful awing
bad-tempered baleful barmy baronial bashful bathetic beady-eyed beaming bearish beastly beatific
belligerent benefic beneficent bereaved bewitching bitchy bittersweet bleak blissful blistering
blithe blithesome bloodcurdling bloody bold boon bored boring bowelless brave bristly brokenhearted
brooding broody buddy-buddy bullish buoyant burdensome callous calm capricious captivated
captivating carefree caring carnal casual cattish catty caustic chafed challenging charismatic
charmed charnel cheerful cheerless cherubic chesty chilling chirpy choleric close close-knit
cocksure coldhearted coltish comfortable comforted comforting comic comical commiserative
compassionate complacent complaining complaintive composed conceited concerned conciliable
conciliative conciliatory concupiscent condolent confident congratulatory conscientious consolable
consolatory consoling contemplative contemptuous content contented contrite coquettish cordial
covetous cowardly crabbed crabby cranky creepy creepy-crawly cross crushed cuddlesome cuddly cunning
cute cutthroat dauntless dazzling deadening deadpan dedicated dejected demon-ridden demoralised
demoralized dependent depressant depressing desirous despairing desperate despiteful despondent
detestable devil-may-care devoted devouring devout difficult diffident dire direful disaffected
disappointing disconsolate discontent discontented discouraged disdainful disgruntled disgustful
disgusting disheartened disinclined dismal dismayed dismaying dispirited disquieting disrespectful
dissatisfactory dissatisfied distasteful distressed distressful distressing distrustful disturbing
docile doleful dolorous dolourous domineering doting downcast downhearted dread dreaded dreadful
dreamy drear dulcet dysphoric eager earnest ebullient ecstatic edgy effective effectual egotistic
egotistical elated electric elfish elvish emotional emotionless emotive empathetic empathic enamored
enchanting endearing engaging enjoyable enraged enraptured enthralling enthusiastic entrancing
envious equable erotic esthetic esthetical euphoriant euphoric even-tempered evocative excitant
excitative excitatory excruciating execrable expectant expressionless exuberant exultant exulting
eye-popping faint-hearted fainthearted fanatic fanatical fashionable fearful fearless fearsome
feisty felicitous fervent fervid festal festive fetching fidgety fiery flattering fleshly flint
flirtatious fond fooling forbidding forlorn formidable foul fractious freewheeling fretful friendly
frightened frightening frightful frisky frolicky frolicsome fulgurant fulgurous funereal funny
furious fussy futureless galled gamey gamy gay genial ghastly ghoulish glad gladsome gleeful gloomy
glowering glowing glum god-awful godly good-humored good-humoured good-natured good-tempered grand
grandiose granitic grateful gratulatory grave grief-stricken grieving grisly grouchy gruesome grumpy
guilty hair-raising hangdog hapless happy happy-go-lucky hard hardhearted harrowing harsh
harum-scarum hateful head-on heartbreaking heartbroken heartfelt heartless heartrending heartsick
hearty heavyhearted hellish helpless hesitant hesitating hideous high-spirited high-strung
highly-sexed hilarious ho-hum hokey homesick homicidal hopeful hopeless horny horrendous horrible
horrific horrified horrifying horror-stricken horror-struck hostile hot-tempered hotheaded huffish
huffy humbled humiliated humorous humourous hungry hunted hypnagogic hypnogogic hysterical ill
ill-affected ill-fitting ill-natured ill-tempered impartial impassioned impassive impatient
imperturbable impish implike imposing impressible impressionable impressive inattentive incendiary
incensed incertain incisive incitive inclined incommunicative inconsolable indecisive indifferent
indignant indisposed indurate infatuated inflammatory infuriated ingratiating ingratiatory inhumane
inimical insensitive insightful insinuating insouciant instigative insulting intimate intimidated
intrepid intriguing irascible irate ireful irksome irresponsible irritable itchy jealous jesting
jittery jocose jocular jocund joking jolly jovial joyful joyless joyous jubilant jumpy keen kind
kind-hearted kindhearted kitschy kittenish lachrymose lackadaisical lamenting languid languorous
lascivious laughable laughing lecherous leering lethargic lewd libidinal libidinous light-headed
light-hearted lightheaded lighthearted lightsome likable likeable liked listless loath loathly
loathsome lonely lonesome loth lovable loveable lovely loverlike loverly lovesick lovesome loving
low-spirited lowering lubricious ludic lugubrious luscious lustful lusty macabre mad maddened
magnificent malcontent malefic maleficent malevolent malicious manipulative masochistic maudlin
mawkish meditative meek melancholic melancholy mellowed menacing merciful merciless merry mesmeric
mesmerizing mild minacious minatory mind-boggling mindful mirthful mirthless misanthropic
misanthropical mischievous miserable misfortunate misogynic misogynistic misogynous misty-eyed moody
moony morose mortifying mournful mourning mousy murderous mushy musing mysophobic narcotising
narcotizing naughty nauseating nauseous nervous nervy nettlesome nice nightmarish noble noisome
nonassertive nonchalant nostalgic nurturant nymphomaniac nymphomaniacal objectionable obnoxious
obscene observing obsessional obsessive odious ominous onerous opponent opposing oppressive
opprobrious optimistic orgiastic outraged outrageous overanxious overconfident overeager
overenthusiastic overfond overjoyed oversensitive oversexed overstrung overzealous painful
panic-stricken panic-struck panicked panicky passionate passionless pathetic peckish peevish
penetrating penetrative penitent penitential penitentiary pensive perceptive perfervid perky
personable perturbing pessimistic petrifying pettish petulant phlegmatic phlegmatical photogenic
physical piercing pious piteous pitiable pitiless pixilated placable placating placative placatory
placid plaintive playful pleasant pleasurable pliant poker-faced pollyannaish pondering poor
pornographic positive potty prankish precarious prepossessing prickly prideful propitiative
protective proud provocative provoked provoking prurient psychoneurotic puckish punitive punitory
queasy querulous quick-tempered quiet quizzical rabble-rousing racking rancorous randy rapt
rapturous raring rascally raunchy reassured reassuring rebarbative red-hot redolent redoubtable
reflective rejoicing relaxant remindful reminiscent remorseful remorseless repellant repellent
repelling repentant repugnant repulsive resentful resonant respectful restive restless revengeful
reverent reverential revolting rhapsodic riant risible risque roguish rollicking romantic
rose-colored rosy rueful ruminative ruthful ruthless ruttish sad saddle-sore sadistic
sadomasochistic salacious sanguine sanguineous sappy saturnine scared scary schmaltzy schmalzy
scornful scratchy scrimy scrupulous scurrilous secure sedate sedative seditious self-assured
self-complacent self-conceited self-confident self-conscious self-effacing self-important
self-satisfied sensitive sensual sensuous sentimental serene serious sex-starved sexy shamed
shamefaced sharp-worded sheepish shivery shocked short-tempered shuddery shy sick sickening signal
sincere sinister skanky slaphappy slushy smitten smoldering smouldering smug sniffly snuffling
snuffly sober soft-boiled softhearted solemn solicitous somber sombre somniferous somnific
soporiferous soporific soppy sore sorrowful sorrowing soulful soulless soupy spectacular
spellbinding spinnable spirited spiritless spiteful splenetic staggering starry-eyed stately
stimulative stolid stonyhearted stormy striking stunning stupefying sulky sullen sultry susceptible
swimming swollen swollen-headed swooning sympathetic taking taxing tearful teary teary-eyed teasing
techy tedious temperamental tempestuous temptable tender tenderhearted tense terrible terrified
terrifying terror-stricken terror-struck testy tetchy thankful thankless thick-skinned thin-skinned
threatening tigerish timid timorous tired tiresome titillating together tormented torrid tortured
torturesome torturing torturous touchy touchy-feely tragic tragical tragicomical tranquil
tranquilising tranquilizing tranquillising tranquillizing trepid triskaidekaphobic triumphal
triumphant troubled troubling tyrannical tyrannous ugly umbrageous unafraid unalarming
unappreciative unapprehensive unassertive unassured unbiased unbiassed uncertain uncheerful
uncomfortable uncommunicative uncompassionate unconcerned unconsolable understanding uneasy
unemotional unenergetic unexpressive unfearing unfeeling unflappable unflinching unforgiving
unfortunate unfrightened ungrateful ungratified unhappy unhopeful unimportant uninterested
uninteresting unintimidated unkind unmerciful unnerved unnerving unneurotic unpeaceful unpitying
unpleasant unpleasing unquiet unruffled unsatisfactory unsatisfying unsavory unsavoury unshrinking
unskilled unsmiling unsure unthankful untroubled unwholesome upbeat uproarious upstage uptight
uxorious vain venerating vengeful venomed venomous verminous vile vindictive vitriolic vixenish
voluptuous wailful wailing warm warmhearted waspish watery-eyed waxy wearisome weeping weepy
weighted well-disposed whimsical whiney whiny white-lipped winsome wishful wistful woebegone woeful
woolgathering world-weary worried worrying worshipful wrathful wrenching wroth wrothful xenophobic
yeasty yucky zealous zestful zesty
`)
