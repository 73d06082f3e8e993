import { Html } from './html.ts';

/**
 * The style sheet: no external fonts, pictures or addresses. Colours are distinguishable by day, by night and in print.
 */
export const style = `
:root{color-scheme:light dark;
--bg:#fff;--fg:#1c2127;--soft:#56606b;--rule:#dbe0e6;--faint:#f4f6f8;--link:#0a56a5;
--ok:#17703a;--warn:#855300;--bad:#b3261e;--note:#45559b;
--site:#6f97c4;--work:#174f8c;--wait:#b0770d;--away:#7d8794;--mark:#3b4652;--owed:#c2473d;--client:#7a5aa6;--track:#edf0f3}
@media screen and (prefers-color-scheme:dark){:root{
--bg:#12161b;--fg:#e4e8ec;--soft:#a3adb8;--rule:#2e3741;--faint:#1a2027;--link:#79b8ff;
--ok:#63c585;--warn:#e2b253;--bad:#ff8f86;--note:#a9b6f5;
--site:#3f628a;--work:#5ba4ec;--wait:#d9a441;--away:#7b8692;--mark:#c9d1d9;--owed:#ee7d73;--client:#b79be0;--track:#222a32}}
*{box-sizing:border-box}[hidden]{display:none!important}
bdi,code,h1{overflow-wrap:anywhere}
body{margin:0 auto;max-width:64rem;padding:1.5rem 1rem 3rem;background:var(--bg);color:var(--fg);
font:1rem/1.5 system-ui,-apple-system,"Segoe UI",Roboto,"Liberation Sans",Arial,sans-serif;overflow-wrap:break-word;font-variant-numeric:tabular-nums}
h1{font-size:1.6rem;line-height:1.25;margin:0;font-weight:650}
h2{font-size:1.2rem;line-height:1.3;margin:2.5rem 0 .75rem;font-weight:650}
h3{font-size:1.05rem;margin:2rem 0 .6rem;font-weight:650}
h4{font-size:1rem;margin:1.75rem 0 .5rem;font-weight:650}
p{margin:.5rem 0}a{color:var(--link);text-underline-offset:.15em}
ul,dl,dd,figure{margin:0;padding:0}ul{list-style:none}
code{font:.8125rem/1.4 ui-monospace,"Liberation Mono",Consolas,monospace}
small,.m,footer{color:var(--soft);font-size:.875rem}
.lead{color:var(--soft);margin:.25rem 0 0}
header{border-bottom:2px solid var(--fg);margin-bottom:1.25rem;padding-bottom:.75rem}
footer{border-top:1px solid var(--rule);margin-top:3rem;padding-top:.75rem}
.s{position:absolute}
.i{width:1em;height:1em;flex:none;translate:0 .22em;fill:none;stroke:currentColor;stroke-width:1.9;stroke-linecap:round;stroke-linejoin:round}
.c{display:inline-flex;gap:.4em;align-items:flex-start;font-weight:600;overflow-wrap:break-word}.c>span{min-width:0}
.ok{color:var(--ok)}.warn{color:var(--warn)}.bad{color:var(--bad)}.note{color:var(--note)}.none{color:var(--soft)}
.p{display:grid;grid-template-columns:repeat(auto-fill,minmax(min(100%,19rem),1fr));gap:.75rem 2rem}
dt{color:var(--soft);font-size:.875rem}
.g{display:grid;grid-template-columns:repeat(auto-fit,minmax(min(100%,8.25rem),1fr));margin-top:1.5rem;background:var(--faint);border:1px solid var(--rule);border-radius:6px;overflow:hidden}
.g>div{box-shadow:0 0 0 .5px var(--rule);padding:.6rem .8rem}.g dd{font-weight:600}.g small{display:block;font-weight:400}
.next{margin:.75rem 0 0}
table{border-collapse:collapse;width:100%;font-size:.9375rem}
th,td{text-align:start;vertical-align:top;padding:.5rem .75rem .5rem 0;font-weight:400;border-bottom:1px solid var(--rule)}
thead th{color:var(--soft);font-size:.8125rem;padding-block:.25rem;border-color:var(--soft)}
tbody th{font-weight:400}b{font-weight:650}
.t th,.t td{min-width:6.5em}.t .f{min-width:0}
.f{text-align:end;white-space:nowrap}.t td:last-child,.t th:last-child{padding-inline-end:0}
.x{display:block;color:var(--soft);font-size:.875rem}
.w{margin:.2rem 0 0;font-size:.875rem}
.e{font-size:.875rem}
.o .t{font-size:.875rem;table-layout:fixed}.o .t th,.o .t td{padding-inline-end:.5rem}.o .t th.f{white-space:normal}.o .t .f{padding-inline-end:1rem}
.o thead th{width:13%}.o thead th:nth-child(1){width:17%}.o thead th:nth-child(5){width:10%}.o thead th:nth-child(6){width:13%}.o thead th:nth-child(7){width:14%}.o thead th:nth-child(8){width:8.5%}
.v .t,.fs .t,.cd .t,.fd .t,.src .t{table-layout:fixed}.v thead th:nth-child(1){width:42%}.v thead th:nth-child(2){width:32%}
.fs thead th:nth-child(1){width:46%}.fs thead th:nth-child(2){width:5.5rem}.fs .c{font-weight:400}
.cd thead th:nth-child(1){width:26%}.cd thead th:last-child{width:3.5rem}.cd thead th:nth-last-child(3){width:7.5rem}.cd thead th:nth-last-child(2){width:9rem}.cd .c{font-weight:400}
.fd thead th:nth-child(1){width:52%}.fd a,.cd a{white-space:nowrap}.fd thead th:nth-child(2){width:6rem}
.src thead th:nth-child(1){width:26%}.src thead th:nth-child(3){width:7rem}.src code{overflow-wrap:anywhere}
.tools{display:flex;flex-wrap:wrap;gap:.6rem 1.25rem;align-items:center;background:var(--faint);border:1px solid var(--rule);border-radius:6px;padding:.7rem .8rem;margin:0 0 .75rem;font-size:.9375rem}
.tools input[type=search],.tools select,.tools button{font:inherit;color:inherit;background:var(--bg);border:1px solid var(--soft);border-radius:4px;padding:.25rem .5rem;min-width:0;max-width:100%}
.tools label{display:inline-flex;gap:.4rem;align-items:center;max-width:100%}.tools button{cursor:pointer;font-weight:600}.tools output{color:var(--soft);font-size:.875rem;flex-basis:100%}
.pk{cursor:pointer}th .pk{display:inline-block;margin-inline-end:.45rem}input[type=checkbox]{width:1.05rem;height:1.05rem;margin:0;translate:0 .15rem;accent-color:var(--link)}
thead button{font:inherit;color:inherit;background:none;border:0;padding:0;text-align:inherit;cursor:pointer;text-decoration:underline dotted;text-underline-offset:.25em}
[aria-sort=ascending] button::after{content:" ↑"}[aria-sort=descending] button::after{content:" ↓"}
:focus-visible{outline:2px solid var(--link);outline-offset:2px}
.dec,.rh{display:none}
.n{margin:.75rem 0}.n>summary{color:var(--soft);font-size:.875rem;cursor:pointer}.n>summary h2{display:inline;font-size:1rem;color:var(--fg)}
.n li{margin:.35rem 0;font-size:.875rem}
.cl div{display:flex;gap:1rem;padding:.25rem 0;font-size:.875rem}.cl dt{flex:0 0 4rem;font-weight:650;color:var(--fg)}
.a .f:first-child{color:var(--soft)}.a tbody th b{display:block}.a thead th{white-space:nowrap}
.a .day{font-weight:650;padding-top:1.25rem}
.a th:nth-child(3){width:54%}.a td:nth-child(4){min-width:10em}.a td:nth-child(5){min-width:6.5em}.a a{white-space:nowrap;font-size:.875rem;text-decoration:none}.a a:hover{text-decoration:underline}
.d{font-size:.875rem;display:flex;flex-wrap:wrap;gap:0 1.25rem}.d div{max-width:100%}.d dt,.d dd{display:inline}.d dt::after{content:": "}
.r{margin-top:.3rem;font-size:.875rem}.r .c{font-weight:400}
tr:target,.cl div:target{background:var(--faint);outline:2px solid var(--link);outline-offset:-1px}
figure{margin:0 0 1.25rem}figcaption{color:var(--soft);font-size:.875rem;margin-bottom:.4rem}
svg.tl,svg.hg{display:block;font-size:.75rem}
.tl text{fill:var(--fg);paint-order:stroke;stroke:var(--bg);stroke-width:4px;stroke-linejoin:round}.tl .sum,.tl .tick{fill:var(--soft)}.tl .who{font-weight:650}
.tl .grid{stroke:var(--rule)}.track{fill:var(--track)}
.tl .bar{fill:var(--away);stroke:var(--away)}.tl .mark{stroke:var(--mark);stroke-width:8px;stroke-linecap:round}
.site .bar{fill:var(--site);stroke:var(--site)}.work .bar{fill:var(--work);stroke:var(--work)}
.materials .bar,.break .bar{fill:var(--wait);stroke:var(--wait)}
.contact-center .bar{fill:var(--owed);stroke:var(--owed)}.client .bar{fill:var(--client);stroke:var(--client)}
.hg .bar{fill:var(--work)}.hg .over{fill:var(--owed)}.hg .base{stroke:var(--rule)}.hg .limit{stroke:var(--fg);stroke-width:1.5;stroke-dasharray:3 2}
.hg text{fill:var(--soft)}.h td:nth-child(2){width:30%;min-width:9rem}.h .t{font-size:.875rem}
.visit{border-top:1px solid var(--rule);padding:.6rem 0}.visit[open]{padding-bottom:3rem}
.visit>summary{cursor:pointer}.visit>summary h3{display:inline;margin:0}.visit>summary .c{margin-inline-start:.5rem}.visit>.p{margin-top:1rem}
@media screen and (max-width:26rem){svg.tl{font-size:.6875rem}}
@media screen and (max-width:52rem){
h1{font-size:1.35rem}
.t thead,.a thead{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%)}
.t,.t tbody,.t tr,.t th,.t td,.a,.a tbody,.a tr,.a th,.a td{display:block;width:auto!important;border:0;padding:0;text-align:start;white-space:normal}
.t tr{border-bottom:1px solid var(--rule);padding:.6rem 0}
.t td{display:grid;grid-template-columns:7.5rem minmax(0,1fr);gap:.75rem;padding:.15rem 0}.t td::before{content:attr(data-l);color:var(--soft);font-size:.875rem}
.t tbody th{font-weight:600;padding-bottom:.15rem}.t .x{font-weight:400}.t td:empty{display:none}
.a tr{display:grid;grid-template-columns:auto minmax(0,1fr);gap:0 .75rem;border-bottom:1px solid var(--rule);padding:.6rem 0}
.a tr>*{grid-column:1/-1}.a tr>.f{grid-column:auto;color:var(--soft);font-size:.875rem}
.a .day{padding-top:.5rem}.a td+td{color:var(--soft);font-size:.875rem}}
@media print{
:root{color-scheme:light;--fg:#000;--soft:#444;--faint:#fff;--link:#000}
*{print-color-adjust:exact;-webkit-print-color-adjust:exact}
html{font-size:9.25pt}body{max-width:none;padding:0;line-height:1.4}h2{margin-top:1.75rem}th,td{padding-block:.3rem}.v thead th:nth-child(1){width:37%}.v thead th:nth-child(2){width:32%}.g{grid-template-columns:repeat(auto-fit,minmax(6.5rem,1fr))}footer{margin-top:1rem;padding-top:.4rem}footer p{display:inline;margin-inline-end:1em}.o .t{font-size:.8rem}a{text-decoration:none}.np{display:none!important}
tr,figure,.g,.p>div,.cl div,.n li{break-inside:avoid}thead{display:table-header-group}
h2,h3,h4,.day,figcaption{break-after:avoid}
details:not([open]),.each:not(:has(>div>[open])),.picking .visit:not(.picked){display:none}
.visit{break-before:page;border:0}.visit>summary{list-style:none;border-bottom:1px solid #000;padding-bottom:.3rem}thead button{text-decoration:none}
.dec{display:block;break-inside:avoid}.dec ul{display:flex;gap:2.5rem;margin:.5rem 0 1rem}.bx{display:inline-block;width:.9em;height:.9em;border:1px solid #000;margin-inline-end:.5em;translate:0 .1em}
.ln{border-bottom:1px solid #000;height:2.2rem;display:flex;align-items:flex-end}.dec dl{display:grid;grid-template-columns:2fr 2fr 1fr;gap:0 1.5rem}.dec .ln:nth-child(-n+2){grid-column:1/-1}.dec .ln:nth-child(n+3){height:3.6rem}
.run{display:table;width:100%;table-layout:fixed}.rh{display:table-header-group;break-inside:avoid}.rt{font-size:8pt;color:#444;border-bottom:1px solid #999;padding-bottom:2mm;margin-bottom:4mm}.rt code{font-size:inherit}.visit .rt{padding-top:2mm}.rb{display:table-row-group}}
@page{size:A4;margin:15mm 14mm 17mm;@bottom-right{content:counter(page) " / " counter(pages);font:8pt sans-serif;color:#444}}
`;

/** The hash by which the policy of the page allows the style. */
export const styleHash = 'sha256-ICX5FyZ+lmO2OWkEOB69FUgcfIP4A5B3gAZpcDUM330=';

export const styleSheet = new Html(`<style>${style}</style>`);
