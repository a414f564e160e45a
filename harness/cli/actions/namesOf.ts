/** A flag that takes several names, `human,gpt4`. */

/** The names between commas, without spaces around them; empty ones are left out. */
export const namesOf = (text: string): readonly string[] =>
  text
    .split(",")
    .map((name) => name.trim())
    .filter((name) => name !== "")
