/** Looks of the page: the colours of the UI, light and dark, on screen and on paper. */
export const STYLE = `
:root{color-scheme:light dark;--text:#161b26;--quiet:#5d687b;--ground:#fff;--soft:#f5f6f9;--line:#dde2ea;--edge:#c7cfdb;--bad:#c92036;--worse:#8a5a00;--good:#0f7048;--accent:#2a62e0;--h0:#e6e9ef;--h1:#f7e2d0;--h2:#f1bd90;--h3:#e58f4a;--h4:#c6571d;--h5:#8f270b;--hot:#d9400f}
@media (prefers-color-scheme:dark){:root{--text:#e7ebf3;--quiet:#8792a8;--ground:#0d1017;--soft:#12161f;--line:#262e3d;--edge:#343e51;--bad:#ff4d6d;--worse:#f0b23e;--good:#3ecf8e;--accent:#6ea0ff;--h0:#2a3242;--h1:#4b3d42;--h2:#854a3c;--h3:#c2612f;--h4:#f08c34;--h5:#ffc75f;--hot:#ff5a2e}}
*{box-sizing:border-box}
body{margin:0 auto;max-width:72rem;padding:1.5rem 1.25rem 3rem;font:15px/1.5 system-ui,sans-serif;color:var(--text);background:var(--ground)}
h1{font-size:1.45rem;line-height:1.3;margin:.1rem 0 .5rem}h2{font-size:1.12rem;margin:2rem 0 .25rem}h3{font-size:.98rem;margin:.2rem 0;overflow-wrap:anywhere}
p{margin:.25rem 0 .5rem}.project{color:var(--quiet);font-weight:600}.quiet,footer,small{color:var(--quiet);font-size:.9em}
code,pre{font:.9em ui-monospace,monospace}code{overflow-wrap:anywhere}
a{color:var(--accent)}
nav ul{display:flex;flex-wrap:wrap;gap:.25rem 1.1rem;list-style:none;padding:.5rem 0;margin:.75rem 0 0;border-block:1px solid var(--line)}
mark{background:none;color:var(--quiet);font-size:.8rem;font-weight:600;padding:.05em .55em;border:1px solid currentColor;border-radius:1em;vertical-align:.15em;white-space:nowrap}
mark.bad{color:var(--bad)}mark.worse{color:var(--worse)}mark.good{color:var(--good)}
table{border-collapse:collapse;width:100%;margin:.25rem 0 .5rem;font-size:.93em}
th,td{text-align:left;vertical-align:top;padding:.25rem .8rem .25rem 0;border-bottom:1px solid var(--line);overflow-wrap:anywhere}
th{font-weight:600;color:var(--quiet)}tbody th{width:9rem}.findings td:last-child{width:32%}
article{border-left:3px solid var(--worse);background:var(--soft);padding:.4rem .9rem;margin:.6rem 0;break-inside:avoid}
article.certain,article.likely{border-color:var(--bad)}
figure{margin:.4rem 0}figcaption{color:var(--quiet)}
pre{margin:.2rem 0;padding:.5rem .7rem;background:var(--ground);border:1px solid var(--line);overflow-x:auto;tab-size:2}pre b{color:var(--bad)}
summary{cursor:pointer;color:var(--accent)}
input[type=search]{font:inherit;padding:.15rem .5rem;border:1px solid var(--line);border-radius:4px;background:var(--soft);color:inherit}
.h1{fill:var(--h1)}.h2{fill:var(--h2)}.h3{fill:var(--h3)}.h4{fill:var(--h4)}.h5{fill:var(--h5)}
.card,.dead,rect.bad{fill:var(--soft);stroke:var(--line)}rect.bad,.failed{stroke:var(--bad)}.never,.unknown{stroke:var(--edge)}.name{fill:var(--text)}svg .quiet{fill:var(--quiet);font-size:12px}
.badge{fill:var(--bad)}.badge+text{fill:var(--ground)}.e-hot{stroke:var(--hot)}.e-calls{stroke:var(--edge)}.e-import{stroke:var(--line)}.e-unused{stroke:var(--quiet)}
.legend svg{vertical-align:-.1em}
.map{overflow:auto;border:1px solid var(--line);border-radius:6px}.map svg{display:block;min-width:100%;height:auto}
@media (max-width:40rem){tbody th{width:auto}.findings td:last-child{width:auto}}
@media print{:root{--text:#000;--quiet:#444;--ground:#fff;--soft:#fff;--line:#bbb;--edge:#999}body{max-width:none;padding:0;font-size:10pt}nav{display:none}}
`;
