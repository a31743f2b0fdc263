/** Looks of the page. */
export const STYLE = `
:root{color-scheme:light dark;--text:#1d2329;--quiet:#5b6670;--ground:#fff;--line:#d9dee3;--soft:#f4f6f8;--good:#1a7f37;--bad:#c62828;--open:#8a5a00;--bar:#c62828}
@media (prefers-color-scheme:dark){:root{--text:#e3e8ec;--quiet:#9aa6b1;--ground:#14181c;--line:#333b43;--soft:#1c2227;--good:#4cc46e;--bad:#ff7b72;--open:#e0a93e;--bar:#ff7b72}}
*{box-sizing:border-box}
body{margin:0 auto;max-width:62rem;padding:1.5rem 1rem 3rem;font:15px/1.5 system-ui,sans-serif;color:var(--text);background:var(--ground)}
h1{font-size:1.5rem;margin:0 0 .75rem}h2{font-size:1.1rem;margin:1.75rem 0 .25rem}p{margin:.25rem 0 .5rem}
code{font:.92em ui-monospace,monospace;overflow-wrap:anywhere}
.quiet{color:var(--quiet);font-size:.9em}
.mark{display:inline-block;font-size:.8rem;font-weight:600;line-height:1.5;padding:0 .55em;border-radius:1em;border:1px solid currentColor;vertical-align:.15em}
.pass{color:var(--good)}.fail{color:var(--bad)}.unsure{color:var(--open)}.off{color:var(--quiet)}
table{border-collapse:collapse;width:100%;margin:.25rem 0 .5rem;font-size:.93em}
th,td{text-align:left;vertical-align:top;padding:.25rem .6rem .25rem 0;border-bottom:1px solid var(--line);overflow-wrap:anywhere}
th{font-weight:600;color:var(--quiet)}.number{text-align:right;font-variant-numeric:tabular-nums}td.number{white-space:nowrap}
article{border-left:3px solid var(--bad);background:var(--soft);padding:.4rem .8rem;margin:.5rem 0;break-inside:avoid}
.bar rect{fill:var(--bar)}
@media (max-width:40rem){.bar{display:none}th,td{padding-right:.4rem}}
@media print{:root{--text:#000;--quiet:#444;--ground:#fff;--line:#bbb;--soft:#fff;--good:#000;--bad:#000;--open:#000;--bar:#000}body{max-width:none;padding:0;font-size:10.5pt}section{break-inside:auto}}
`;
