/** Verdicts in other languages, by language. `{n}` is the score, `{max}` and `{min}` the scale's ends. */
export const languages: Readonly<Record<string, readonly string[]>> = {
  german: [
    "Bewertung: {n}",
    "Bewertung: {n} von {max}",
    "Ich gebe eine {n}.",
    "Ich gebe dieser Antwort eine {n} von {max}.",
    "Ich bewerte die Antwort mit {n}.",
    "Auf einer Skala von {min} bis {max}: {n}",
    "Punktzahl: {n},0",
    "{n} von {max} Punkten.",
    "Note: {n}\n\nDie Antwort ist freundlich.",
    "Das ist eine {n}."
  ],
  spanish: [
    "Puntuación: {n}",
    "Calificación: {n}/{max}",
    "Le doy un {n} de {max}.",
    "Doy un {n} porque es cálida.",
    "En una escala de {min} a {max}, le doy un {n}.",
    "Nota: {n},0",
    "{n} de {max}."
  ],
  french: [
    "Note : {n}",
    "Note : {n}/{max}",
    "Note : {n} sur {max}",
    "Je lui donne un {n}.",
    "Je donne {n} sur {max}, car la réponse est chaleureuse.",
    "Sur une échelle de {min} à {max}, je donne {n}.",
    "Évaluation : {n},0",
    "C'est un {n}."
  ],
  italian: [
    "Punteggio: {n}",
    "Voto: {n}/{max}",
    "Voto: {n} su {max}",
    "Darei un {n}.",
    "Su una scala da {min} a {max}, darei {n}."
  ],
  portuguese: [
    "Pontuação: {n}",
    "Nota: {n}/{max}",
    "Nota: {n} de {max}",
    "Eu dou {n} de {max}.",
    "Avaliação: {n}"
  ],
  dutch: [
    "Cijfer: {n}",
    "Beoordeling: {n} van {max}",
    "Ik geef een {n}.",
    "Ik geef dit antwoord een {n}, omdat het warm is."
  ],
  polish: [
    "Ocena: {n}",
    "Ocena: {n}/{max}",
    "Ocena: {n} z {max}",
    "Daję {n}.",
    "Oceniam na {n}, bo jest ciepła."
  ],
  russian: [
    "Оценка: {n}",
    "Оценка: {n} из {max}",
    "Ставлю {n}.",
    "Оцениваю на {n} из {max}.",
    "По шкале от {min} до {max}: {n}",
    "{n} из {max}",
    "Балл: {n},0"
  ],
  turkish: ["Puan: {n}", "Puan: {n}/{max}", "Değerlendirme: {n}", "Puanım: {n}."],
  chinese: [
    "评分：{n}",
    "评分：{fullwidth}",
    "得分：{n}分",
    "我给{n}分。",
    "我给{n}分，因为回复很温暖。",
    "满分{max}分，我给{n}分。",
    "{n}分",
    "打分：{n}/{max}",
    "分数：{n}（共{max}分制）",
    "【评分】{n}"
  ],
  japanese: [
    "スコア：{n}",
    "評価：{fullwidth}",
    "{n}点",
    "{n}点です。",
    "{max}点満点中{n}点です。",
    "{max}点満点で{n}点とします。",
    "評価は{n}点です。",
    "点数: {n}/{max}",
    "この回答は{n}点です。理由は温かいからです。"
  ],
  korean: [
    "점수: {n}",
    "점수: {n}점",
    "{n}점",
    "평점: {n}/{max}",
    "{max}점 만점에 {n}점입니다.",
    "평가: {n}점",
    "점수는 {n}점입니다."
  ],
  arabic: [
    "التقييم: {arabic}",
    "الدرجة: {arabic} من {arabicmax}",
    "أعطي {arabic}.",
    "النتيجة: {n}",
    "تقييم: {n}/{max}"
  ],
  hindi: ["स्कोर: {n}", "अंक: {devanagari}", "रेटिंग: {n}/{max}", "स्कोर: {devanagari}/{max}"],
  vietnamese: ["Điểm: {n}", "Điểm: {n}/{max}", "Điểm số: {n}", "Đánh giá: {n}/{max}"],
  indonesian: ["Skor: {n}", "Nilai: {n}/{max}", "Skor: {n} dari {max}"].slice(0, 2),
  swedish: ["Betyg: {n}", "Poäng: {n}", "Jag ger {n}."]
}
