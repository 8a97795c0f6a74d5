/** The page's style: system fonts, light and dark by the reader's setting, tables that turn into cards on a narrow screen. */
export const style = `
:root { color-scheme: light dark; --ink: #1b2430; --soft: #5a6675; --paper: #fff; --line: #dfe4ea; --good: #0b6b3a; --bad: #a3161a; --warn: #8a5a00; }
@media (prefers-color-scheme: dark) { :root { --ink: #e7ecf2; --soft: #9aa7b6; --paper: #12171e; --line: #2b3440; --good: #4cc38a; --bad: #ff8a8a; --warn: #f0b64d; } }
* { box-sizing: border-box; }
body { margin: 0 auto; max-width: 72rem; padding: 2rem 1.25rem 4rem; background: var(--paper); color: var(--ink); font: 16px/1.5 system-ui, sans-serif; }
header { border-left: 6px solid var(--bad); padding-left: 1.25rem; }
header.pass { border-color: var(--good); }
header h1 { margin: 0; font-size: 1.9rem; line-height: 1.2; color: var(--bad); }
header.pass h1 { color: var(--good); }
.name { margin: 0; color: var(--soft); }
dl { display: flex; flex-wrap: wrap; gap: .75rem 2rem; margin: 1rem 0 0; }
dl div { display: flex; flex-direction: column-reverse; }
dt { color: var(--soft); font-size: .85rem; }
dd { margin: 0; font-size: 1.5rem; font-variant-numeric: tabular-nums; }
h2 { margin: 2.75rem 0 .25rem; font-size: 1.3rem; }
h2 small { color: var(--soft); font-weight: normal; }
h3 { margin: 1.5rem 0 .25rem; font-size: 1rem; }
section > p { margin: 0 0 .75rem; color: var(--soft); }
table { width: 100%; border-collapse: collapse; font-size: .92rem; }
th, td { padding: .5rem .75rem .5rem 0; border-bottom: 1px solid var(--line); text-align: left; vertical-align: top; overflow-wrap: break-word; }
td:nth-child(2), td:nth-child(3), td:nth-child(4) { overflow-wrap: anywhere; }
@media (min-width: 641px) { th:nth-child(2):not(.number) { min-width: 8rem; } th:nth-child(3):not(.number), th:nth-child(4):not(.number) { min-width: 11rem; } }
th { color: var(--soft); font-weight: 600; overflow-wrap: normal; }
.number { text-align: right; font-variant-numeric: tabular-nums; white-space: nowrap; }
small { color: var(--soft); }
code { font: .88em/1.4 ui-monospace, monospace; overflow-wrap: anywhere; }
.findings { margin: 0; padding: 0; list-style: none; }
.findings li { margin: 0 0 1rem; padding-left: .9rem; border-left: 3px solid var(--bad); }
.findings li.undecided { border-color: var(--warn); }
.findings p { margin: 0; }
.evidence { color: var(--soft); }
.soon { color: var(--warn); font-weight: 600; }
footer { margin-top: 3rem; color: var(--soft); font-size: .85rem; }
@media (max-width: 640px) {
  thead { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); }
  tr { display: block; padding: .6rem 0; border-bottom: 1px solid var(--line); }
  td, td.number { display: grid; grid-template-columns: 8rem 1fr; gap: .5rem; padding: .15rem 0; border: 0; text-align: left; white-space: normal; }
  td span { overflow-wrap: anywhere; }
  td::before { content: attr(data-head); color: var(--soft); }
}
@media print { body { max-width: none; padding: 0; } }
`
