/**
 * What the page can do beside being read: change its theme, sort a table, filter posts, open what a link names.
 * Without it everything is still there. It only moves and hides what is in the page, and writes nothing into it but
 * its own words by `textContent`, so no text of a model can become more than text.
 */
import { createHash } from "node:crypto"

/** Runs in the head: the theme is set before anything is drawn, the rest when the page is there. */
export const pageScript = String.raw`"use strict"
;(() => {
  const root = document.documentElement
  const KEY = "warmline-theme"
  const remembered = () => { try { return localStorage.getItem(KEY) } catch { return null } }
  const remember = (theme) => { try { localStorage.setItem(KEY, theme) } catch { /* from disk it may not be allowed */ } }
  const dark = matchMedia("(prefers-color-scheme: dark)")
  const theme = () => root.dataset.theme ?? (dark.matches ? "dark" : "light")
  const first = remembered()
  if (first === "light" || first === "dark") root.dataset.theme = first

  const make = (name, properties, ...children) => {
    const element = Object.assign(document.createElement(name), properties)
    element.append(...children)
    return element
  }

  const addThemeSwitch = () => {
    const button = make("button", { type: "button", className: "theme" })
    const say = () => { button.textContent = theme() === "dark" ? "Light theme" : "Dark theme" }
    button.addEventListener("click", () => {
      root.dataset.theme = theme() === "dark" ? "light" : "dark"
      remember(root.dataset.theme)
      say()
    })
    dark.addEventListener("change", say)
    say()
    document.querySelector("header").append(button)
  }

  // A cell's own words, not the interval under them.
  const wordsOf = (cell) => {
    const node = [...cell.childNodes].find((child) => child.textContent.trim() !== "")
    return node === undefined ? "" : node.textContent.trim()
  }
  const numberOf = (words) => {
    const found = /[−-]?\d[\d,]*(\.\d+)?/.exec(words)
    return found === null ? undefined : Number(found[0].replace("−", "-").replaceAll(",", ""))
  }
  const compare = (a, b) => (typeof a === "number" ? a - b : a.localeCompare(b, "en", { numeric: true }))

  const makeSortable = (table) => {
    const body = table.tBodies[0]
    const headers = [...table.tHead.rows[0].cells]
    if (table.tBodies.length !== 1 || body.rows.length < 2 || body.querySelector("[colspan], [rowspan]")) return
    const original = [...body.rows]
    headers.forEach((header, column) => {
      const isNumber = header.classList.contains("number")
      const button = make("button", { type: "button", className: "sort" }, ...header.childNodes)
      header.append(button)
      const turns = isNumber ? ["descending", "ascending"] : ["ascending", "descending"]
      button.addEventListener("click", () => {
        const next = turns[turns.indexOf(header.getAttribute("aria-sort")) + 1]
        for (const other of headers) other.removeAttribute("aria-sort")
        if (next === undefined) { body.append(...original); return }
        header.setAttribute("aria-sort", next)
        const sign = next === "ascending" ? 1 : -1
        const keyed = original.map((row) => {
          const words = wordsOf(row.cells[column])
          return { row, key: isNumber ? numberOf(words) : words === "–" ? undefined : words }
        })
        const known = keyed.filter(({ key }) => key !== undefined)
        known.sort((a, b) => sign * compare(a.key, b.key))
        body.append(...known.map(({ row }) => row), ...keyed.filter(({ key }) => key === undefined).map(({ row }) => row))
      })
    })
  }

  const addFilters = (list) => {
    const posts = [...list.querySelectorAll(":scope > .post")]
    if (posts.length === 0) return
    const sources = [...new Set([...list.querySelectorAll(".answered")].map((answer) => answer.dataset.source))].sort()
    const domains = [...new Set(posts.map((post) => post.dataset.domain))].sort()
    const texts = new Map()
    const status = make("p", { className: "quiet", role: "status" })
    const choice = (name, options) =>
      make("select", {}, ...options.map(([value, words]) => make("option", { value, textContent: words })))
    const pick = (words, control) => make("label", {}, make("span", { textContent: words }), control)
    const all = [["", "all"]]
    const domain = choice("domain", [...all, ...domains.map((name) => [name, name])])
    const source = choice("source", [...all, ...sources.map((name) => [name, name])])
    const find = make("input", { type: "search", autocomplete: "off" })
    const order = choice("order", [["", "as in the study"], ["most", "furthest apart first"], ["least", "closest first"]])
    const spread = (post) => (post.dataset.spread === "" ? undefined : Number(post.dataset.spread))
    const wordsIn = (post) => {
      if (!texts.has(post)) texts.set(post, post.textContent.toLowerCase())
      return texts.get(post)
    }
    const filter = () => {
      const wanted = find.value.trim().toLowerCase()
      let shown = 0
      for (const post of posts) {
        let answers = 0
        for (const answer of post.querySelectorAll(".answered")) {
          answer.hidden = source.value !== "" && answer.dataset.source !== source.value
          if (!answer.hidden) answers++
        }
        post.hidden =
          (domain.value !== "" && post.dataset.domain !== domain.value) ||
          (source.value !== "" && answers === 0) ||
          (wanted !== "" && !wordsIn(post).includes(wanted))
        if (!post.hidden) shown++
      }
      status.textContent = shown + " of " + posts.length + " posts shown"
    }
    const arrange = () => {
      const sign = order.value === "most" ? -1 : 1
      const known = order.value === "" ? [] : posts.filter((post) => spread(post) !== undefined)
      known.sort((a, b) => sign * (spread(a) - spread(b)))
      const rest = order.value === "" ? posts : posts.filter((post) => spread(post) === undefined)
      list.append(...known, ...rest)
    }
    for (const control of [domain, source]) control.addEventListener("change", filter)
    find.addEventListener("input", filter)
    order.addEventListener("change", arrange)
    const controls = [pick("Domain", domain), pick("Source", source), pick("Find", find)]
    if (posts.some((post) => spread(post) !== undefined)) controls.push(pick("Order", order))
    const box = make("div", { className: "filters" }, ...controls)
    list.before(box, status)
    const reset = () => {
      domain.value = source.value = find.value = ""
      filter()
    }
    filter()
    return reset
  }

  // A link to a post, or to an answer in it, opens it, whatever was filtered out.
  const follow = (reset) => {
    let id
    try { id = decodeURIComponent(location.hash.slice(1)) } catch { return }
    const target = id === "" ? null : document.getElementById(id)
    if (target === null) return
    if (target.closest("[hidden]") !== null && reset !== undefined) reset()
    for (let at = target; at !== null; at = at.parentElement) if (at.localName === "details") at.open = true
    // At once: to glide past hundreds of posts takes seconds.
    target.scrollIntoView({ behavior: "instant" })
  }

  document.addEventListener("DOMContentLoaded", () => {
    addThemeSwitch()
    for (const table of document.querySelectorAll(".scroll > table")) makeSortable(table)
    const list = document.getElementById("post-list")
    const reset = list === null ? undefined : addFilters(list)
    addEventListener("hashchange", () => follow(reset))
    follow(reset)
  })
})()
`

/** What a content security policy calls the script by: no other script runs, wherever it stands. */
export const scriptHash = `sha256-${createHash("sha256").update(pageScript).digest("base64")}`
