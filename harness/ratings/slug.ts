/** A name from outside as one that may become a folder or a column. */

/** Lower-case letters, digits, `.`, `_` and `-`, 1 to 48 characters; `otherwise` where nothing of it is left. */
export const slug = (text: string, otherwise: string): string => {
  const name = text
    .normalize("NFKD")
    .toLowerCase()
    .replace(/[\u0300-\u036f]/g, "")
    .replace(/[^a-z0-9._-]+/g, "-")
    .replace(/^[^a-z0-9]+|[-._]+$/g, "")
    .slice(0, 48)
  return name === "" ? otherwise : name
}
