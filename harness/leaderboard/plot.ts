/**
 * Means and intervals as SVG, by Observable Plot in a DOM without a browser. Both are loaded when the first plot
 * is drawn: they take longer than everything else a start of the command line does.
 */
import { displayWidth, truncated } from "./displayWidth.ts"
import { points } from "./formatNumber.ts"
import type { Row, Table } from "./Leaderboard.ts"
import { type Markup, trusted } from "./markup.ts"
import { visible } from "./visible.ts"

/** One source in a plot. Without ends there is the mean alone. */
export interface PlotRow {
  readonly source: string
  readonly kind: Row["kind"]
  readonly mean: number
  readonly lower: number | null
  readonly upper: number | null
}

export interface PlotOptions {
  readonly scale: Table["scale"]
  /** `beside`: names in a column on the left. `above`: each name over its interval, for narrow places. */
  readonly names: "beside" | "above"
  /** Pixels; the page scales it down where there is less room. */
  readonly width: number
  /** What a screen reader says instead: a name and a description of the figure. */
  readonly title: string
  readonly description: string
}

const load = async () => {
  const [Plot, { parseHTML }] = await Promise.all([import("@observablehq/plot"), import("linkedom")])
  return { Plot, document: parseHTML("<!doctype html><html><body></body></html>").document }
}
let loaded: ReturnType<typeof load> | undefined

/** Observable Plot and a document for it to draw in; loaded once. */
export const loadPlot = (): ReturnType<typeof load> => {
  loaded ??= load()
  return loaded
}

type Drawn = ReturnType<typeof import("@observablehq/plot").plot>

/** A drawn plot as one image with a name and a description. */
export const asFigure = (
  plot: Drawn,
  { title, description }: Pick<PlotOptions, "title" | "description">
): Markup => {
  const { ownerDocument: document } = plot
  // A plot that is one image to a screen reader needs its parts neither named nor hidden one by one.
  for (const part of plot.querySelectorAll("g")) {
    part.removeAttribute("aria-label")
    part.removeAttribute("aria-hidden")
  }
  plot.querySelector("style")?.remove()
  plot.setAttribute("class", "plot")
  plot.removeAttribute("font-family")
  plot.removeAttribute("aria-label")
  plot.setAttribute("role", "img")
  const describe = (tag: "title" | "desc", words: string) => {
    const element = document.createElementNS("http://www.w3.org/2000/svg", tag)
    element.textContent = visible(words)
    return element
  }
  plot.prepend(describe("title", title), describe("desc", description))
  return trusted(plot.outerHTML)
}

/** Symbols of the kinds of sources, also named in the page's key. */
export const kindSymbol = { model: "circle", program: "square", human: "diamond" } as const

const MOST_NAME_CELLS = 30
const CELL = 7.2

/** Whole numbers of a short scale, else what Plot chooses. */
export const ticksOf = ({
  minimum,
  maximum
}: Table["scale"]): { readonly ticks: number[] } | { readonly ticks: number } => {
  const whole = Math.floor(maximum) - Math.ceil(minimum)
  return whole >= 1 && whole <= 10
    ? { ticks: Array.from({ length: whole + 1 }, (_, i) => Math.ceil(minimum) + i) }
    : { ticks: 5 }
}

/** A forest plot: a line for each row, in the order given, over the whole of the instrument's scale. */
export const forestPlot = async (rows: readonly PlotRow[], options: PlotOptions): Promise<Markup> => {
  const { Plot, document } = await loadPlot()
  const { scale, names, width } = options
  const above = names === "above"
  const inside = (value: number) => Math.min(scale.maximum, Math.max(scale.minimum, value))
  // Rows are told apart by their place: two names can look the same once they are cut.
  const data = rows.map((row, index) => ({
    place: String(index),
    name: truncated(visible(row.source), above ? Math.floor((width - 70) / CELL) : MOST_NAME_CELLS),
    kind: row.kind,
    x: inside(row.mean),
    from: inside(row.lower ?? row.mean),
    to: inside(row.upper ?? row.mean),
    value: points(row.mean),
    told:
      row.lower === null || row.upper === null
        ? `${visible(row.source)}: ${points(row.mean)}`
        : `${visible(row.source)}: ${points(row.mean)} (${points(row.lower)} to ${points(row.upper)})`
  }))
  const longest = Math.max(0, ...data.map((row) => displayWidth(row.name)))
  const marginLeft = above ? 10 : Math.min(MOST_NAME_CELLS, longest) * CELL + 22
  const marginRight = above ? 10 : 58
  const step = above ? 46 : 36
  const text = (dx: number, anchor: "start" | "end", side: "left" | "right") =>
    ({
      y: "place",
      frameAnchor: side,
      textAnchor: anchor,
      dx,
      dy: above ? -15 : 0,
      fill: "currentColor",
      // A halo, so that no line of the scale runs through a word.
      stroke: "var(--paper)",
      strokeWidth: 4
    }) as const
  const plot = Plot.plot({
    document,
    width,
    height: rows.length * step + 34,
    marginTop: above ? 10 : 4,
    marginBottom: 30,
    marginLeft,
    marginRight,
    x: { domain: [scale.minimum, scale.maximum], label: null },
    y: { domain: data.map((row) => row.place), type: "point", padding: above ? 0.65 : 0.5, axis: null },
    marks: [
      Plot.gridX({ ...ticksOf(scale), stroke: "var(--line)", strokeOpacity: 1 }),
      Plot.axisX({ ...ticksOf(scale), tickSize: 0, tickFormat: String, fill: "var(--quiet)", fontSize: 12 }),
      Plot.ruleY(data, {
        y: "place",
        x1: "from",
        x2: "to",
        stroke: "var(--interval)",
        strokeWidth: 7
      }),
      ...Object.entries(kindSymbol).map(([kind, symbol]) =>
        Plot.dot(
          data.filter((row) => row.kind === kind),
          {
            x: "x",
            y: "place",
            r: above ? 4 : 5,
            symbol,
            fill: "var(--accent)",
            stroke: "var(--paper)",
            strokeWidth: 1.5,
            title: "told"
          }
        )
      ),
      Plot.text(data, {
        ...text(above ? 0 : -marginLeft, "start", "left"),
        text: "name",
        fontSize: 13
      }),
      Plot.text(data, {
        ...text(above ? 0 : marginRight, "end", "right"),
        text: "value",
        fontSize: 13,
        fontVariant: "tabular-nums"
      })
    ]
  })
  return asFigure(plot, options)
}
