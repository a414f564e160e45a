/** The phrases that `lexical` looks for in a response, as patterns over lower-case text. Data only. */

/** Takes the feeling as legitimate or welcomes that it was told. One point for each pattern that is found. */
export const validation: readonly RegExp[] = [
  /\bmakes? (?:perfect |complete |total |so much |a lot of )?sense\b/,
  /\bunderstandabl[ey]\b/,
  /\b(?:that|this|it) (?:sounds|must (?:be|have been|feel)|can't (?:be|have been)|cannot (?:be|have been)|is|was|seems) (?:so |really |very |incredibly |such |a |an )*(?:hard|tough|difficult|painful|heavy|awful|exhausting|frightening|scary|lonely|frustrating|lot|easy|wonderful|good|lovely)\b/,
  /\b(?:it's|it is|that's) (?:ok|okay|all right|alright|fine|natural|normal|human|only human) (?:to|that|if)\b/,
  /\b(?:anyone|anybody|most people|many people|a lot of people) (?:in your (?:place|position|shoes|situation) )?(?:would|might|could)\b/,
  /\bno wonder\b/,
  /\byou(?:'re| are) not (?:alone|wrong|crazy|weak|a bad|overreacting)\b/,
  /\b(?:your (?:feelings?|anger|sadness|fear|reaction|hurt|grief) (?:is|are)|(?:is|are) (?:completely |totally |so )?)valid\b/,
  /\bof course (?:you|it|that|this)\b/,
  /\bevery right to\b|\bdeserves? (?:to be|better|that|kindness|care|rest|support)\b/,
  /\bi(?:'m| am) (?:so |very |really |truly |deeply )*sorry (?:that|to hear|you|for|this|about)\b/,
  /\bthank(?:s| you) (?:so much )?for (?:sharing|trusting|telling|writing|putting|opening|letting)\b/,
  /\bi (?:can )?(?:hear|see|imagine|sense) (?:how|you|that|the|what|where|why)\b/,
  /\b(?:happy|glad|pleased|thrilled) for you\b|\bcongratulations\b/,
  /\bnothing (?:is )?wrong with you\b/,
  /\ba lot (?:to (?:carry|hold|deal|handle|process|take|go)|for (?:one|any))/
]

/** A sentence, question or not, that suggests what the writer might do. */
export const suggestion =
  /\bif i were you\b|\bmy advice\b|\bi(?:'d| would) (?:suggest|recommend|advise)\b|\bwhy (?:don't|not) you\b|\bwhy not\b|\bhave you (?:tried|considered|thought (?:about|of))\b|\bit (?:might|may|could|would) (?:help|be (?:helpful|good|worth|best|useful)) (?:to|if)\b/

/** A statement that tells the writer what to do. */
export const instruction: readonly RegExp[] = [
  /\byou(?: really| just)? (?:should|need to|have to|ought to|must (?!be|have|feel)|had better|could try|might want to|may want to|can always)\b|\byou'd better\b/,
  /^(?:\W|\d)*(?:just |always |please |maybe |first,? |then |also |and |so )*(?:try|get|stop|go|make|consider|remember|talk to|speak to|reach out|ask|call|set|focus|start|take (?:a|some|care|time|up)|find|don't|do|let it|let go|move|stay|be (?:positive|patient|kind|grateful|honest)|grow|calm|write|tell (?:him|her|them|your)|see a|practi[cs]e|look (?:on|at|for)|keep|give|join|leave|block|quit|seek)\b/
]

/** A post that says this asks for advice. */
export const asksAdvice =
  /\b(?:any (?:advice|tips|ideas|suggestions)|what (?:should|do|can|would) (?:i|you|we) (?:do|say|tell)|should i\b|how (?:do|can|should|would) (?:i|we|you)\b|advice (?:please|welcome|needed)|what would you do|need advice|help me (?:decide|figure))/

/** Plays the feeling down or pushes it away. One point for each pattern that is found. */
export const dismissal: readonly RegExp[] = [
  /\bget over (?:it|him|her|them|this|that|yourself)\b|\bsnap out\b|\bsuck it up\b|\bman up\b|\btoughen up\b|\bthicker skin\b/,
  /\b(?:not|isn't|no) (?:really |even |that |such |so |a )*(?:big|huge|serious) (?:a )?(?:deal|problem|thing)\b|\b(?:not|isn't) (?:that|so) (?:bad|big|serious)\b/,
  /\bover ?(?:react|think|dramati[cs])|\btoo sensitive\b|\bdramatic\b|\bout of proportion\b|\bmak(?:e|es|ing) (?:such )?a fuss\b/,
  /\b(?:could|might) be (?:a lot |much |far )?worse\b|\bworse off\b|\breal problems\b|\bother people have\b/,
  /\bat least\b|\blook on the bright side\b|\bbe (?:positive|grateful)\b|\bcheer up\b|\bsmile more\b/,
  /\b(?:that's|this is|it's)(?: just)? (?:how )?life\b|\bhow life is\b|\beveryone (?:has|goes through|feels|deals)\b/,
  /\bmove on\b|\blet it go\b|\bstop (?:worrying|complaining|crying|dwelling|feeling|whining|thinking|being)\b|\bcalm down\b/,
  /\bwon't (?:even )?(?:remember|matter)\b|\bnobody (?:is going to |will )?cares?\b|\bwho cares\b|\byou'll (?:live|survive|be fine|get over)\b/,
  /\bi don't see (?:what|why|the)\b|\bwhat did you expect\b|\bfeeling sorry for yourself\b|\bproblem solved\b|\bthat simple\b|\bjust deal with\b/
]

/** A sentence about the responder. */
export const selfFocus: readonly RegExp[] = [
  /\b(?:when|once|before|after|since|because|as) i\b(?! (?:read|hear|see))/,
  /\bi(?:'ve| have) (?:been (?:there|through)|had|felt|lived|dealt|gone)\b|\bi (?:had|went through|felt|was|used to|got|did|lost|remember|know how you feel|know exactly)\b/,
  /\bhappened to me\b|\bme too\b|\bsame (?:here|thing|with me)\b|\breminds me\b|\bin my (?:case|life|experience|family|opinion|own)\b|\bmy (?:own|wife|husband|mother|father|mum|mom|dad|boss|friend|brother|sister|son|daughter|ex|therapist)\b|\bpersonally\b/
]

/** A sentence that asks what cannot be answered by yes or no. "Why" is left out: it often asks for a defence. */
export const openQuestion =
  /^(?:[^?]*[,;:—–-]\s|and |so |but |well |i wonder )*(?:what|how|where|which|who|in what way)\b[^?]*\?|\b(?:would you like|do you want|would you be willing|can you|could you)[^?]*\b(?:tell|say|share|talk|describe|explain)\b[^?]*\?/

/** An invitation to say more that is not put as a question. */
export const invitation =
  /\b(?:tell me more|say more|i'd (?:like|love) to hear|i would (?:like|love) to hear|i'm (?:here|listening)|feel free to (?:share|write|tell)|if you (?:want|would like|'d like|feel like) (?:to )?(?:talk|tell|shar|say|writ)\w*)/

/** A question that blames or closes rather than asks. */
export const closedDoor =
  /\b(?:why (?:don't|didn't|can't|not)|what did you expect|so what|who cares|what's the problem|how hard)\b[^?]*\?/
