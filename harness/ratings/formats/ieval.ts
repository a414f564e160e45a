/** iEval (Svikhnushina, Filippova and Pu 2022): a task for each person, in it two situations, in each four chatbots. */
import { Effect } from "effect"
import type { RatingsMap } from "../RatingsMap.ts"
import { readJsonFile, tableOfJson } from "../table/jsonTable.ts"
import type { Format } from "./Format.ts"

const bots = ["Pink", "Purple", "Yellow", "Green"]

const isTask = (value: unknown): boolean =>
  typeof value === "object" && value !== null && "part" in value && "positive" in value && "negative" in value

/** Where everything stands. A situation is a post, a chat log is the response, the person who chatted rated it. */
const map: typeof RatingsMap.Encoded = {
  name: "ieval",
  title: "iEval",
  provenance:
    "Svikhnushina, Filippova and Pu (2022), iEval: Interactive Evaluation Framework for Open-Domain Empathetic Chatbots, SIGDIAL; situations from EmpatheticDialogues",
  licence: "CC-BY-4.0",
  format: "ieval",
  post: "conv_id",
  source: { column: "$key3", names: Object.fromEntries(bots.map((bot) => [bot, bot.toLowerCase()])) },
  kind: "model",
  domain: "$key2",
  body: "prompt",
  text: "chat_log",
  rater: "part",
  submission: { seconds: "elapsed_sec" },
  panel: "crowd",
  instrument: "ieval",
  ratings: [
    {
      dimensions: {
        P: "polite",
        "^P": "insulting",
        A: "attentive",
        "^A": "inattentive",
        EU: "understood",
        ER: "responded",
        L: "likable",
        R: "repetitive",
        S: "sensible",
        Rating: "rating"
      }
    }
  ]
}

/** The format; no map is needed. */
export const ieval: Format = {
  name: "ieval",
  title: "iEval's ieval_data.json",
  recognise: (_file, peek) =>
    peek._tag === "Json" && Array.isArray(peek.value) && isTask(peek.value[0])
      ? "its items have part, positive and negative"
      : undefined,
  open: (file, { items }) =>
    Effect.flatMap(readJsonFile(file), (value) =>
      tableOfJson(
        file,
        value,
        items ?? `$[*]['positive','negative'][${bots.map((bot) => `'${bot}'`).join(",")}]`
      )
    ),
  preset: {},
  map
}
