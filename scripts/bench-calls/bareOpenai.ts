/** Floor (b): what a careful person writes in a notebook, the `openai` SDK in a loop, one JSON line an answer. */
import { createWriteStream } from "node:fs"
import OpenAI from "openai"
import { pool, readBodies, system } from "./posts.ts"

const [, , folder, url, width] = process.argv as unknown as [string, string, string, string, string]
const out = createWriteStream(`${folder}/openai.jsonl`)
const client = new OpenAI({ apiKey: "none", baseURL: url, maxRetries: 0 })
await pool(readBodies(folder), Number(width), async (body, index) => {
  const reply = await client.chat.completions.create({
    model: "fake-1",
    seed: index,
    messages: [
      { role: "system", content: system },
      { role: "user", content: body }
    ]
  })
  out.write(`${JSON.stringify({ index, text: reply.choices[0]!.message.content })}\n`)
})
await new Promise((resolve) => out.end(resolve))
