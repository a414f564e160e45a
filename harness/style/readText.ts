/**
 * A text taken apart: sentences, tokens with part of speech and lemma, sentiment; by wink-nlp and its English model.
 * Loading takes a fifth of a second and 65 MB, so it is loaded when the first text is read.
 */
import type { ItemSentence, ItsFunction, ItsHelpers, WinkMethods } from "wink-nlp"

/** One token. */
export interface Token {
  /** As it stands, in lower case, curly apostrophes made straight. */
  readonly word: string
  /** The dictionary form, in lower case. */
  readonly lemma: string
  /** Universal part of speech: NOUN, VERB, AUX, PRON, … */
  readonly pos: string
}

/** A text as the features need it. */
export interface ReadText {
  readonly sentences: readonly (readonly Token[])[]
  /** From −1 to 1. */
  readonly sentiment: number
}

/** Reads texts, once it is loaded. */
export type Reader = (text: string) => ReadText

const straight = (text: string) => text.replaceAll(/[\u2018\u2019\u02bc]/g, "'")

const load = async (): Promise<Reader> => {
  const [{ default: winkNlp }, { default: model }] = await Promise.all([
    import("wink-nlp"),
    import("wink-eng-lite-web-model")
  ])
  const nlp: WinkMethods = winkNlp(model, ["sbd", "pos", "sentiment", "negation"])
  const its: ItsHelpers = nlp.its
  // The package's types give this one helper a shape that its own `out` does not take.
  const lemma = its.lemma as unknown as ItsFunction<string>
  return (text) => {
    const document = nlp.readDoc(straight(text))
    const sentences: Token[][] = []
    document.sentences().each((sentence: ItemSentence) => {
      const words = sentence.tokens().out(its.normal) as string[]
      const lemmas = sentence.tokens().out(lemma) as string[]
      const tags = sentence.tokens().out(its.pos) as string[]
      const tokens = words.map((word, i) => ({
        word: word.toLowerCase(),
        lemma: lemmas[i]!.toLowerCase(),
        pos: tags[i]!
      }))
      if (tokens.some(({ pos }) => pos !== "SPACE")) sentences.push(tokens)
    })
    return { sentences, sentiment: Number(document.out(its.sentiment)) }
  }
}

let reader: Promise<Reader> | undefined

/** The reader; loaded once a process. Rejects where the language model is not installed. */
export const openReader = (): Promise<Reader> => {
  reader ??= load()
  return reader
}
