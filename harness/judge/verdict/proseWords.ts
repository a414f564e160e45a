/** The words by which judges state a score, in the languages they answer in, as pieces of regular expressions. */

const any = (...lists: readonly string[]) => lists.join("|")

/** Names of a score. Scripts without spaces need no edges. */
export const label = String.raw`(?:(?<!\p{L})(?:${any(
  "(?:my |final |overall )*(?:score|rating|grade|verdict|mark|answer(?=\\s*[:=]))",
  "bewertung|punktzahl|wertung|note|punkte",
  "puntuaci[oó]n|calificaci[oó]n|puntaje|valoraci[oó]n|nota",
  "[ée]valuation|cote|notation",
  "punteggio|voto|valutazione",
  "pontua[cç][aã]o|avalia[cç][aã]o",
  "beoordeling|cijfer",
  "ocena|wynik|punktacja",
  "оценка|балл|оценку|рейтинг",
  "puan[ıi]?|puanım|skor|değerlendirme(?:m)?",
  "(?:ال)?تقييم|(?:ال)?درجة|(?:ال)?نتيجة",
  "स्कोर|अंक|रेटिंग|मूल्यांकन",
  "điểm(?: số)?|đánh giá|skor|nilai|poäng|betyg"
)})(?!\p{L})|评分|分数|得分|打分|評分|給分|スコア|評価|評点|点数|採点|점수|평점|평가)`

/** Verbs of the first person that give a score. */
export const verb = String.raw`(?:(?<!\p{L})(?:${any(
  "(?:i|we)(?: would|'d| will|'ll| must| can only| therefore| hence| thus| have to|'m going to| am going to)*(?: only| just)? (?:give|rate|score|grade|assign|award|say|call|go with|choose|pick|settle on|land on|judge|put|mark)",
  "(?:i'm|i am) (?:giving|rating|scoring|going with|assigning)",
  "(?:this|it|the response|the reply|response)(?: clearly| only| just)? (?:deserves|earns|merits|gets|rates|scores|receives)",
  "ich (?:gebe|vergebe|bewerte|würde(?= .{0,40}(?:geben|bewerten|vergeben)))",
  "(?:gebe|vergebe|bewerte|würde(?= .{0,40}(?:geben|bewerten|vergeben))) ich|geef ik|ger jag",
  "(?:le )?(?:doy|otorgo|asigno|pongo|daría)",
  "je (?:lui |la |le )?(?:donne|donnerais|mets|note|attribue)|j'(?:attribue|évalue)",
  "(?:gli |le )?(?:do|darei|assegno|assegnerei)",
  "(?:eu )?(?:dou|daria|atribuo)",
  "ik (?:geef|zou)",
  "(?:daję|oceniam|przyznaję)",
  "(?:я )?(?:ставлю|оцениваю|даю|поставил(?:а)? бы|бы поставил(?:а)?)",
  "(?:أعطي(?:ه|ها)?|أقيم(?:ه|ها)?|أمنح(?:ه|ها)?)",
  "(?:tôi )?(?:cho|chấm)",
  "jag ger"
)})(?!\p{L})|(?:我)?(?:给出|给予|给|打|評為|给它|評)|我(?:会)?(?:打|给))`

const denials = any(
  "not|never|cannot|can't|don't|won't|wouldn't|isn't|doesn't|didn't|no|neither|nor|hardly",
  "nicht|kein\\p{L}*|nie|pas|jamais|nunca|non|mai|não|niet|geen|не|нет|değil|ليس|لا|لن|नहीं|không|inte",
  "if|unless|had it|wenn|falls|if it|если|jeśli|eğer|إذا|agar"
)
const hedges = any(
  "almost|nearly|close to|closer to|around|about|roughly|approximately|at least|at most|than|below|above|under|over|up to|between|maybe|perhaps|possibly|either|short of|near",
  "fast|knapp|etwa|ungefähr|mindestens|höchstens|zwischen|vielleicht|eher|unter|über",
  "casi|alrededor de|aproximadamente|al menos|como máximo|entre|quizás?|tal vez|menos de|más de",
  "presque|environ|au moins|au plus|peut-être|moins de|plus de|quasi|circa|almeno|forse|tra|meno di|più di",
  "quase|cerca de|pelo menos|talvez|bijna|ongeveer|tussen|misschien|prawie|około|między|może|co najmniej",
  "почти|около|примерно|не менее|между|возможно|может быть|yaklaşık|neredeyse|belki|en az|حوالي|تقريبا|بين|ربما",
  "scale|range|maximum|max|minimum|min|highest|lowest|top|possible"
)
const hanDenials = "不|不会|不能|不想|不应该|不該|没|無|非|如果|もし|만약|아니|안"
const hanHedges =
  "约|約|大约|差不多|接近|不到|至少|最多|ほぼ|およそ|少なくとも|たぶん|거의|약 |적어도|아마|以下の|次の"

/** What makes a statement no statement: it is denied, hedged or compared. Looked for before a number. */
export const before = new RegExp(
  String.raw`(?:(?<!\p{L})(?:${denials}|${hedges}|si|se|lo)(?!\p{L})[^.!?\n]{0,24}|(?:${hanDenials}|${hanHedges})\s*(?:给它?|給|打|是|评为)?[^\p{L}]{0,3})$`,
  "isu"
)

/** The denials alone, looked for right before a label or a verb. */
export const deniedLead = new RegExp(
  String.raw`(?:(?<!\p{L})(?:${denials})(?!\p{L})[^.!?,\n]{0,12}|(?:${hanDenials})\s*)$`,
  "isu"
)

/** A score under a condition is not the score that was given. Looked for in the whole sentence before a number. */
export const conditional =
  /(?<!\p{L})(?:if|unless|had it|were it|would have|could have|wenn|falls|hätte\p{L}*|si (?:la|le|el|il|elle|hubiera)|s'il|s'elle|se (?:la|il|a|o|avesse|tivesse)|если|jeśli|gdyby|eğer|إذا|لو|als (?:het|de))(?!\p{L})|如果|要是|もし|만약|nếu/iu

/** The same, looked for behind a number. */
export const after =
  /^(?:\+|\s*\^|-(?=\s*$|\s*\n)|\s+\d|\s*(?:hundred|thousand|million)(?!\p{L}))|^\s*(?:\?|%|‰|(?:or|oder|ou|o|или|lub|of|veya|atau|hoặc|أو|या|to|bis|à|до|tot|al|-|~|\.\.+|또는|或|か|から|到|至)\s*-?\d|(?:\p{L}+,? ){0,4}(?:if|unless|wenn|falls|si|se|если|jeśli|had it|were it)(?!\p{L})|(?:(?:is|would|seems?|might|could|may|feels?|wäre|ist|est|serait|sería|es|sarebbe|è|seria|было|слишком)\s+(?:\p{L}+\s+){0,3})?(?:too|not|never|zu|trop|demasiado|demais|troppo|excessive|unjustified|undeserved|слишком|te|generous|harsh|nicht|pas)(?!\p{L})|(?:would|wäre|serait|sería|sarebbe|seria)(?!\p{L})|太|过高|過|は高すぎ|は低すぎ|以上|未満|以下|이상|미만|不合适|ではな|じゃな|가 아니|이 아니)/isu

/** Words by which a judge takes back what it said. */
export const correction =
  /(?<!\p{L})(?:actually|wait|kidding|joking|correction|rather(?! than)|on second thought|make that|scratch that|hmm|no,|revis\p{L}*|chang\p{L}* (?:it|that|this|my)|round\p{L}*|gerundet|nein,|doch eher|korrig\p{L}*|moment|mejor dicho|en realidad|corrij\p{L}*|redonde\p{L}*|plutôt|en fait|attendez|arrondi\p{L}*|anzi|arrotond\p{L}*|aliás|na verdade|arredond\p{L}*|вернее|точнее|хотя нет|исправ\p{L}*|округл\p{L}*|właściwie|daha doğrusu|aslında)(?!\p{L})|更正|不对|不，|订正|訂正|いや|やっぱり|정정|아니,|四舍五入|四捨五入|修正/iu

/** Words for the last of several scores. */
export const final =
  /(?<!\p{L})(?:final|finale|finaler|overall|my|gesamt\p{L}*|abschließende|endgültige|finali|globale?|définitive|definitiva|geral|ogólna|końcowa|итогов\p{L}*|окончательн\p{L}*|sonuç|genel|نهائي|النهائي\p{L}*)(?!\p{L})|最终|最終|总体|総合|최종|总分/iu

/** What may stand behind a score that is stated in a sentence; behind any other number stands what it counts. */
export const follows = new RegExp(
  String.raw`^\s*(?:$|[\n.,;:!?)"'\]|…-]|(?:${any(
    "stars?|points?|punkte?n?|puntos?|pontos?|punti|балл\\p{L}*|punkt\\p{L}*|puan|درجات|điểm|अंक",
    "because|for|since|as|on|in|due|with|overall|and|here|to|but|given|at|rather than|instead of",
    "weil|da|denn|auf|für|und|insgesamt|geben|vergeben|bewerten",
    "porque|por|ya|para|en|y|car|parce|pour|sur|et|perché|per|su|pois|já|e|em",
    "так|потому|за|по|и|поскольку|bo|za|i|ponieważ|çünkü|veriyorum|veririm|لأن|omdat|voor|op|vì|eftersom"
  )})(?!\p{L})|[分點点점です를을로으입이देता])`,
  "isu"
)

/** What stands behind a number that counts something: "3 of the 5 sentences". */
export const counted =
  /^\s*(?:(?:out )?of\s+(?:the|its|their)?\s*[\p{L}\d]+\s+)?(?:\p{L}+\s+)?(?:sentences?|questions?|feelings?|emotions?|words?|paragraphs?|places?|times|things?|lines?|suggestions?|tips?|steps?|parts?|examples?|phrases?|people|years?|months?|weeks?|days?|hours?|minutes?|kids|children|sätze?|fragen|gefühle|frases|preguntas|phrases|questions)(?!\p{L})/iu
