/** Floor (a): the least that can be done, `undici.request` in a loop, one JSON line an answer. */
import { createWriteStream } from "node:fs"
import { Agent, request } from "undici"
import { pool, readBodies, system } from "./posts.ts"

const [, , folder, url, width] = process.argv as unknown as [string, string, string, string, string]
const out = createWriteStream(`${folder}/undici.jsonl`)
const dispatcher = new Agent({ connections: Number(width) })
await pool(readBodies(folder), Number(width), async (body, index) => {
  const response = await request(`${url}/chat/completions`, {
    dispatcher,
    method: "POST",
    headers: { "content-type": "application/json", authorization: "Bearer none" },
    body: JSON.stringify({
      model: "fake-1",
      seed: index,
      messages: [
        { role: "system", content: system },
        { role: "user", content: body }
      ]
    })
  })
  const reply = (await response.body.json()) as { choices: { message: { content: string } }[] }
  out.write(`${JSON.stringify({ index, text: reply.choices[0]!.message.content })}\n`)
})
await new Promise((resolve) => out.end(resolve))
await dispatcher.close()
