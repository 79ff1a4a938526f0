import type { Theme } from "./theme.ts";

/** The page's style: the theme's tokens, the font, then how everything looks on the screen and on paper. */
export function pageStyle(theme: Theme, font: string): string {
  const face = `@font-face{font-family:"Inter Variable";font-weight:100 900;src:url(data:font/woff2;base64,${font}) format("woff2")}\n`;
  return `${theme.css}${face}${LOOK}${PAPER}`;
}

const LOOK = `
*,*::before,*::after{box-sizing:border-box}
html{background:var(--paper);color:var(--ink);font:var(--size-3)/1.5 var(--font);-webkit-text-size-adjust:100%}
body{max-width:980px;margin:0 auto;padding:var(--gap-5) var(--gap-5) 64px}
:focus-visible{outline:2px solid var(--accent);outline-offset:2px}
h1{margin:0 0 6px;font-size:var(--size-5);font-weight:650;letter-spacing:-.02em}
.card h3{margin:0 0 6px;color:var(--ink-3);font-size:var(--size-1);font-weight:600}
code{font:.94em var(--mono);font-variant-ligatures:none;overflow-wrap:anywhere}
i{font-style:normal}
td,th,code,b,summary{unicode-bidi:isolate}
.spoken{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%);white-space:nowrap}
.settings{margin:0 0 var(--gap-4);color:var(--ink-3);font-size:var(--size-2)}
.quiet{color:var(--ink-3)}
.pad{margin:0;padding:var(--gap-3) 14px}
.cap{margin:6px 2px 0;color:var(--ink-3);font-size:var(--size-1)}
.cap.pad{margin:0;padding-top:0}
.values{display:flex;flex-wrap:wrap;gap:var(--gap-2) var(--gap-4);margin:0 0 var(--gap-4);font-size:var(--size-2)}
.values dt{color:var(--ink-3);font-size:var(--size-1)}
.values dd{margin:0;font-weight:500;font-variant-numeric:tabular-nums}

.prose{margin:var(--gap-2) 0 var(--gap-4);color:var(--ink-2);line-height:1.6;overflow-wrap:anywhere}
.prose>:first-child{margin-top:0}
.prose>:last-child{margin-bottom:0}
.prose h1,.prose h2,.prose h3,.prose h4{margin:var(--gap-4) 0 6px;color:var(--ink);font-size:var(--size-3);font-weight:650;line-height:1.3;letter-spacing:-.01em}
.prose h1{font-size:var(--size-5)}
.prose h2{font-size:var(--size-4)}
.prose p,.prose ul,.prose ol,.prose blockquote{max-width:68ch;margin:0 0 var(--gap-3)}
.prose ul,.prose ol{padding-left:22px}
.prose a{color:var(--accent);text-underline-offset:3px}
.prose strong{color:var(--ink);font-weight:600}
.prose code{padding:1px 4px;border-radius:4px;background:var(--sunk);color:var(--ink)}
.prose pre{margin:0 0 var(--gap-3);padding:10px 14px;border:1px solid var(--line);border-radius:var(--radius);background:var(--sunk);white-space:pre-wrap}
.prose pre code{padding:0}
.prose blockquote{padding-left:var(--gap-3);border-left:2px solid var(--line-strong)}
.prose hr{border:0;border-top:1px solid var(--line)}
.prose img{max-width:100%}
.prose table{border-collapse:collapse;font-size:var(--size-2);font-variant-numeric:tabular-nums}
.prose th,.prose td{padding:4px 12px 4px 0;border-bottom:1px solid var(--line);text-align:left}
.prose .right{text-align:right}
.prose .center{text-align:center}

.cell{margin:0 0 var(--gap-4) -15px;padding-left:12px;border-left:3px solid color-mix(in oklab,var(--fresh) 60%,transparent);font-size:var(--size-2)}
.cell.stale,.cell.blocked,.cell.cancelled,.cell.waiting,.cell.running{border-left:3px dashed var(--stale)}
.cell.failed,.cell.unknown{border-left-color:var(--failed)}
.cell header{display:flex;flex-wrap:wrap;align-items:baseline;gap:0 var(--gap-2);min-height:26px;color:var(--ink-3)}
.cell h2{display:flex;align-items:baseline;gap:var(--gap-2);margin:0;font:inherit}
.cell h2 b{color:var(--ink);font:600 var(--size-2) var(--mono)}
.cell header .measure{margin-left:auto;font-variant-numeric:tabular-nums}
.cell header .value{color:var(--ink)}
.failed .measure,.blocked .measure{color:var(--failed)}
.stale .measure,.cancelled .measure{color:var(--stale)}
.card{border:1px solid var(--line);border-radius:var(--radius);background:var(--card);box-shadow:var(--shadow);overflow:hidden}
.why{margin:0;padding:6px 14px;background:var(--stale-soft);color:color-mix(in oklab,var(--stale) 88%,var(--ink))}
.line,.lines{margin:0;padding:var(--gap-2) 14px;border-top:1px solid var(--line);color:var(--ink-2)}
.line.first{border-top:0}
.lines p{margin:3px 0}
.lines b{color:var(--ink);font-weight:600}
.lines code{color:var(--ink)}
.lines i,.heat i{display:inline-block;width:9px;height:9px;margin-right:7px;border-radius:2px}

.folds{display:flex;flex-wrap:wrap;border-top:1px solid var(--line)}
.bare>.folds{border-top:0}
.folds>details{max-width:100%}
.folds>details[open]{flex:0 0 100%}
.folds>details[open]+details[open]{border-top:1px solid var(--line)}
summary{padding:6px 14px;color:var(--ink-2);font-weight:500;cursor:pointer}
summary:hover{background:var(--sunk)}
details[open]>summary{border-bottom:1px solid var(--line)}
summary .quiet{font-weight:400;font-variant-numeric:tabular-nums}
pre.code{margin:0;padding:10px 14px;background:var(--sunk);font:12px/1.6 var(--mono);font-variant-ligatures:none;white-space:pre-wrap;overflow-wrap:anywhere;tab-size:2}

.problem{display:grid;grid-template-columns:14px minmax(0,1fr);gap:var(--gap-2);align-items:baseline;padding:7px 14px;background:var(--failed-soft);overflow-wrap:anywhere}
.problem.warning{background:var(--stale-soft)}
.problem.note{background:var(--sunk)}
.problem p{margin:0}
.problem>span{color:var(--failed);font-size:var(--size-1)}
.problem.warning>span{color:var(--stale)}
.problem.note>span,.problem .hint{color:var(--ink-2)}
.file-problems{display:grid;gap:1px;margin-bottom:var(--gap-4);border-radius:var(--radius);overflow:hidden;font-size:var(--size-2)}

.frame{overflow:auto;outline-offset:-2px}
.rows{max-height:412px}
.data{min-width:100%;border-collapse:separate;border-spacing:0;font-variant-numeric:tabular-nums}
.data th{position:sticky;top:0;z-index:1;padding:6px 10px 5px;border-bottom:1px solid var(--line);background:var(--card);color:var(--ink);font-weight:500;text-align:left;vertical-align:top;white-space:nowrap}
.data small{display:block;color:var(--ink-3);font-size:var(--size-1);font-weight:400}
.data td{max-width:340px;padding:4px 10px;border-bottom:1px solid var(--line);white-space:nowrap;overflow:hidden;text-overflow:ellipsis}
.data .n{text-align:right}
.data .none{color:var(--ink-3)}
.data tr>:first-child{padding-left:14px}
.more{margin:0;padding:6px 14px;color:var(--ink-3)}
.rows+.more{border-top:1px solid var(--line);margin-top:-1px}
.paper{display:none}
.spread{display:grid;gap:1px;min-width:96px;margin-top:4px;color:var(--ink-3);font-size:var(--size-1);font-weight:400;text-align:left}
.spread .some{color:color-mix(in oklab,var(--stale) 88%,var(--ink));font-weight:500}
.histogram{display:block;width:100%;height:20px;border-bottom:1px solid var(--line-strong)}
.histogram rect{fill:color-mix(in oklab,var(--accent) 52%,var(--card))}
.strip{display:flex;height:20px}
.strip i{flex:none;height:12px;margin-top:8px;border-right:1px solid var(--card);background:color-mix(in oklab,var(--accent) 52%,var(--card))}
.strip i:nth-child(even){background:color-mix(in oklab,var(--accent) 34%,var(--card))}
.ends{display:flex;justify-content:space-between;gap:8px;max-width:220px;overflow:hidden;white-space:nowrap}
.scores .ends{max-width:none;color:var(--ink-3);font-size:var(--size-1);font-variant-numeric:tabular-nums}
.scores .histogram{height:84px}

.bars{display:grid;grid-template-columns:fit-content(38%) minmax(60px,1fr) max-content max-content;gap:0 var(--gap-3);margin:0;padding:0;list-style:none}
.bars li{display:grid;grid-template-columns:subgrid;grid-column:1/-1;align-items:center;padding:4px 0}
.bars .name{overflow-wrap:anywhere}
.bars .track{height:8px;border-radius:4px;background:var(--sunk);overflow:hidden}
.bars i{display:block;height:8px;min-width:1px;border-radius:4px;background:var(--accent)}
.bars .rest i{border-radius:0;background:repeating-linear-gradient(90deg,var(--ink-3) 0 2px,transparent 2px 5px)}
.bars .number{text-align:right;font-variant-numeric:tabular-nums}
.bars .share,.bars .rest .name{color:var(--ink-2)}
.bars p{grid-column:1/-1;max-width:76ch;margin:0 0 4px;color:var(--ink-3)}
.points{margin:0;padding:var(--gap-2) 14px;border-top:1px solid var(--line);list-style:none;color:var(--ink-2)}
.points b{display:inline-block;min-width:3.5ch;color:var(--ink);font-variant-numeric:tabular-nums}

.two{display:grid;grid-template-columns:minmax(200px,250px) minmax(0,1fr);gap:var(--gap-4)}
.two.wide{grid-template-columns:minmax(0,2fr) minmax(180px,1fr)}
figure{margin:0}
figcaption{margin:6px 0 0;color:var(--ink-3);font-size:var(--size-1)}
.tree{display:block;width:100%}
.tree path{fill:none;stroke-width:1.5}
.tree .cut{stroke:var(--accent);stroke-dasharray:3 3}
.tree text{fill:var(--ink-2);font:var(--size-1) var(--font);text-anchor:middle}
.map{display:block;width:100%;border:1px solid var(--line);border-radius:var(--radius)}
.map path{stroke:var(--card);stroke-width:.5}
.profiles{display:block;width:100%}
.profiles text{font-size:11px;fill:var(--ink-2)}
.profiles .axis{stroke:var(--line)}
.profiles .everybody{stroke:var(--line-strong)}
.keys{display:flex;flex-wrap:wrap;gap:2px var(--gap-3);margin-bottom:6px;color:var(--ink-2)}
.keys span{display:inline-flex;align-items:center;gap:5px}
.heat{width:100%;border-collapse:collapse;font-variant-numeric:tabular-nums}
.heat th,.heat td{padding:5px 9px;border-bottom:1px solid var(--line);font-weight:400;text-align:right;white-space:nowrap}
.heat thead th{padding-top:2px;color:var(--ink-2);font-weight:500;vertical-align:bottom;white-space:normal}
.heat tr>:first-child{position:sticky;left:0;padding-left:2px;background:var(--card);text-align:left;white-space:nowrap}
.heat tbody th{font-weight:500}
.heat .all>*{border-bottom:0;color:var(--ink-2)}
.heat .arrow{margin-right:3px;color:var(--ink-2);font-size:8px;vertical-align:1px}
.chart{padding:var(--gap-3) 14px}
.chart svg{display:block}
.by-night{display:none}

.drifts{margin:0;padding:0;list-style:none}
.drifts li{display:grid;grid-template-columns:18px minmax(0,1fr);gap:2px 10px;padding:10px 14px}
.drifts li+li{border-top:1px solid var(--line)}
.drifts b{font-size:var(--size-3);font-weight:600}
.drifts p{margin:2px 0 0;color:var(--ink-2)}
.pill{display:inline-block;padding:0 8px;border-radius:99px;font-size:var(--size-1);line-height:18px}
.pill.stale{background:var(--stale-soft);color:color-mix(in oklab,var(--stale) 88%,var(--ink))}
.pill.failed{background:var(--failed-soft);color:var(--failed)}
.up{color:var(--up)}
.down{color:var(--down)}
.wall{display:grid;grid-template-columns:repeat(auto-fill,minmax(min(100%,236px),1fr));gap:var(--gap-3);margin:0;padding:var(--gap-3) 14px;list-style:none;border-top:1px solid var(--line)}
.wall li{min-width:0;padding:10px 12px 8px;border:1px solid var(--line);border-radius:var(--radius);color:var(--ink)}
.wall li.alert{border-color:var(--down)}
.wall li.alert.up{border-color:var(--up)}
.wall h3{display:flex;justify-content:space-between;gap:8px;margin:0;color:var(--ink);font-size:var(--size-2)}
.wall h3 span:last-child{flex:none;color:var(--ink-3);font-size:var(--size-1);font-weight:400}
.wall .now{display:flex;align-items:baseline;gap:8px;margin:0;font-variant-numeric:tabular-nums}
.wall .now b{font-size:var(--size-4);font-weight:600;white-space:nowrap}
.wall .now span{color:var(--ink-3);font-size:var(--size-1)}
.wall .now span.down{color:var(--down);font-weight:600}
.wall .now span.up{color:var(--up);font-weight:600}
.wall .cap{margin:2px 0 0}
.series{display:block;width:100%;margin-top:4px;overflow:visible}
.series .band{fill:var(--band)}
.series .course{fill:none;stroke:var(--ink-2);stroke-width:1.2;stroke-linejoin:round}
.series .young{stroke-dasharray:2 2}
.series.down .course{stroke:var(--down)}
.series.up .course{stroke:var(--up)}
.series .stretch{stroke:currentColor;stroke-width:3}
.series .change{stroke:currentColor;stroke-dasharray:3 3}
.series .span{fill:currentColor;opacity:.09}
.series .hollow{fill:var(--card);stroke:var(--ink-2)}

.foot{margin-top:var(--gap-5);padding-top:var(--gap-3);border-top:1px solid var(--line-strong);color:var(--ink-2);font-size:var(--size-2)}
.foot h2{margin:0 0 6px;color:var(--ink);font-size:var(--size-3);font-weight:650}
.foot h3{margin:var(--gap-3) 0 2px;color:var(--ink-3);font-size:var(--size-1);font-weight:600}
.foot p{max-width:76ch;margin:0}
.prints{width:100%;border-collapse:collapse;font-size:var(--size-1);font-variant-numeric:tabular-nums}
.prints th,.prints td{padding:2px 10px 2px 0;border-bottom:1px solid var(--line);font-weight:400;text-align:left;vertical-align:baseline}
.prints thead th{color:var(--ink-3)}
.prints .n{text-align:right;white-space:nowrap}
.prints code{font-size:10.5px}

@media (max-width:760px){
body{padding:var(--gap-3) var(--gap-3) 48px 24px}
.two,.two.wide{grid-template-columns:minmax(0,1fr)}
.cell header .measure{flex-basis:100%;margin-left:0}
.bars{grid-template-columns:minmax(0,1fr) max-content max-content}
.bars .track{grid-row:2;grid-column:1/-1}
.data tr>:first-child{position:sticky;left:0;z-index:1;background:var(--card)}
.data thead tr>:first-child{z-index:2}
}
@media screen and (prefers-color-scheme:dark){.by-day{display:none}.by-night{display:block}}
`;

/** What is folded is not printed; long tables are cut where they are on the screen's frame; nothing is torn in two. */
const PAPER = `
@page{size:A4;margin:16mm 14mm 18mm}
@media print{
html{background:#fff;font-size:10pt;print-color-adjust:exact;-webkit-print-color-adjust:exact}
body{max-width:none;padding:0 0 0 15px}
.card{border-radius:4px;box-shadow:none;overflow:visible}
.frame,.rows{max-height:none;overflow:visible}
details:not([open]),.folds:not(:has([open])),.bare:not(:has([open])){display:none}
.data.many{font-size:6pt}
.many small{font-size:5.5pt}
.many .spread{display:none}
.data.many th,.data.many td{padding:1px 3px}
.spread{min-width:0}
.ends{display:block;white-space:normal}
.data{width:100%;font-size:8pt}
.data th{position:static}
.data th,.data td{padding:2px 6px;white-space:normal;overflow-wrap:anywhere}
.data .n{overflow-wrap:normal}
.data th.n{overflow-wrap:anywhere}
.data tbody tr:nth-child(n+26){display:none}
.screen{display:none}
.paper{display:block}
thead{display:table-header-group}
tr,figure,.two,.wall li,.bars li,.drifts li,.problem,.values>div{break-inside:avoid}
header,h1,h2,h3,h4,.why,.spread{break-after:avoid}
.cell header{break-inside:avoid}
.heat tr>:first-child{position:static}
.chart svg{max-width:100%;height:auto}
.wall{grid-template-columns:repeat(3,1fr)}
.prose a[href^="http"]::after{content:" (" attr(href) ")";color:var(--ink-3)}
p{orphans:3;widows:3}
}
`;
