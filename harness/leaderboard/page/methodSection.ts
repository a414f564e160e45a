/** How the page's numbers were made, in words, and where the method comes from. */
import { html, type Markup } from "../markup.ts"

/** The method as a section of the page. */
export const methodSection = (): Markup => html`<section aria-labelledby="method-title" id="method">
<h2 id="method-title">Method</h2>
<p>Sources answer the same posts under the same condition. Raters score each answer on an instrument. What is measured is how empathic a text is <em>perceived</em> to be by the raters named in each table, not whether anyone felt or understood anything.</p>
<dl class="method">
<dt>Three kinds of raters, never in one table</dt>
<dd>People (human), language models asked with a prompt (judge), and formulas over the text (proxy). A judge's or a proxy's score is no substitute for a person's.</dd>
<dt>Score of a text</dt>
<dd>The mean over its raters. Where an instrument combines its dimensions, a rater's score is the mean of all of them, those in which more is worse turned round: minimum + maximum − value. Repeated answers to one post are averaged.</dd>
<dt>Mean of a source</dt>
<dd>The mean over posts within each domain, then over domains, so that every domain weighs the same. Its 95 % interval is mean ± t × standard error, where the squared standard error is the sum over domains of (variance within the domain ÷ posts in it), divided by the square of the number of domains, and t has Welch–Satterthwaite degrees of freedom. It is not adjusted for the number of sources.</dd>
<dd class="formula">m = (1 / D) Σ<sub>d</sub> m<sub>d</sub>, se² = (1 / D²) Σ<sub>d</sub> s<sub>d</sub>² / n<sub>d</sub>, over the D domains d with n<sub>d</sub> posts each</dd>
<dt>Difference of two sources</dt>
<dd>The same estimate from the differences post by post, over posts that both answered. The raters are taken as they are: the intervals speak of other posts, not of other raters.</dd>
<dt>All pairs at once</dt>
<dd>The intervals of the differences are simultaneous: difference ± c × standard error, with c the 95 % point of the largest |t| of all pairs, from a bootstrap over posts within domains. In 95 of 100 such studies all intervals of a table hold together. p is adjusted in the same way.</dd>
<dd class="formula">d ± c · se(d), with P(max over pairs |t| ≤ c) = 0.95</dd>
<dt>Rank</dt>
<dd>A set, not a number: from 1 + the number of sources separated above, to the number of sources − those separated below. Two sources are separated when the simultaneous interval of their difference leaves out zero. If all sets are equal, the sources are not distinguishable, which does not show them to be equal.</dd>
<dt>Minimum detectable difference</dt>
<dd>(c + the 80 % point of t) × standard error: the true difference that such a study separates four times in five.</dd>
<dt>Not ranked</dt>
<dd>Where the data are too few, ranks are refused and the reason is given; means stay visible.</dd>
</dl>
<h3 id="limits">Limits</h3>
<ul class="notes">
<li>A mean says how empathic the texts seemed to these raters. It does not say that anyone was helped, nor that a source understands or feels.</li>
<li>Each answer stands alone: one post, one answer, no conversation. What holds here need not hold over several turns.</li>
<li>Posts come from the suites named below. Other people’s troubles, languages and manners of writing may give another order.</li>
<li>A judge’s scores follow its own preferences, and may favour long answers or its own family; a formula’s follow the words it counts. Neither is a person.</li>
<li>“Not distinguishable” is what this much data allows to say. It is no proof that sources are equal.</li>
<li>Raters see texts and nothing else: safety, truth and use of an answer are not in the score.</li>
</ul>
<h3>Sources of the method</h3>
<ul class="notes">
<li>Study designs and the question of perceived empathy: Lee, Suh, Zhan, Li and Ong (2024), “Large Language Models Produce Responses Perceived to be Empathic”, <a href="https://arxiv.org/abs/2403.18148" rel="noreferrer">arXiv:2403.18148</a>. Its posts and ratings are not part of this page.</li>
<li>Stratified means: Cochran (1977), <cite>Sampling Techniques</cite>, chapter 5; degrees of freedom: Satterthwaite (1946).</li>
<li>Simultaneous inference by the largest |t|: Westfall and Young (1993); Hothorn, Bretz and Westfall (2008); rescaled bootstrap: Rao and Wu (1988).</li>
<li>Rank sets: Mogstad, Romano, Shaikh and Wilhelm (2024).</li>
</ul>
</section>
`
