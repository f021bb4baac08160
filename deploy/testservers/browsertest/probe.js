// Looks a page over and writes what it saw into an attribute of the document.
const shows = e => e.checkVisibility({contentVisibilityAuto: true, visibilityProperty: true}) && e.getClientRects().length > 0;
const name = e => (e.id ? "#" + e.id : e.tagName.toLowerCase() + "." + e.className) + " " + e.textContent.trim().slice(0, 40);

function letters() {
  let text = Infinity, drawn = Infinity;
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const e = walker.currentNode.parentElement;
    if (!walker.currentNode.data.trim() || ["SCRIPT", "STYLE", "title", "desc"].includes(e.tagName) || !shows(e)) continue;
    const size = parseFloat(getComputedStyle(e).fontSize), svg = e.closest("svg");
    if (!svg) text = Math.min(text, size);
    else drawn = Math.min(drawn, size * svg.getBoundingClientRect().width / svg.viewBox.baseVal.width);
  }
  return [text, drawn];
}

// How far the texts of a table or drawing reach beyond the place that shows them. Pixels of a border or a letter's slant do not count.
const beyond = (e, place) => {
  const r = e.getBoundingClientRect(), p = place.getBoundingClientRect();
  return r.right > p.right + 1.5 || r.left < p.left - 1.5;
};
const tells = e => [...e.querySelectorAll(".hint")].some(shows);

function cut() {
  const cells = [...document.querySelectorAll("caption, th, td")].filter(e => shows(e) && getComputedStyle(e.closest("thead") || e).position !== "absolute");
  const texts = [...document.querySelectorAll("svg.drawing text")].filter(shows);
  return [
    ...cells.filter(e => { const place = e.closest(".scroll"); return place && beyond(e, place) && (e.matches("td.text") || !tells(place)); }),
    ...cells.filter(e => e.scrollWidth > e.clientWidth + 1),
    ...texts.filter(e => beyond(e, e.ownerSVGElement)),
  ].map(e => name(e.closest("figure") || e) + ": " + e.textContent.trim().slice(0, 60));
}

function overlaps() {
  const found = [];
  for (const svg of document.querySelectorAll("svg.drawing")) {
    const texts = [...svg.querySelectorAll("text")].filter(shows).map(e => ({text: e.textContent, r: e.getBoundingClientRect()}));
    texts.forEach((a, i) => texts.slice(i + 1).forEach(b => {
      const wide = Math.min(a.r.right, b.r.right) - Math.max(a.r.left, b.r.left), tall = Math.min(a.r.bottom, b.r.bottom) - Math.max(a.r.top, b.r.top);
      if (wide > 1 && tall > 1) found.push(name(svg.closest("figure") || svg) + ": " + a.text + " and " + b.text);
    }));
  }
  return found;
}

// Every fold is opened, so that what it holds is looked at too.
document.querySelectorAll("details").forEach(d => d.open = true);
const soon = () => new Promise(done => setTimeout(done, 200)); // for what opened to be laid out
soon().then(() => axe.run(document, {resultTypes: ["violations"]})).then(found => {
  const [text, drawn] = letters();
  const parts = [...document.querySelectorAll(".scroll")];
  document.documentElement.setAttribute("data-seen", JSON.stringify({
    Violations: found.violations.map(v => ({Rule: v.id, Help: v.help, Where: v.nodes.slice(0, 5).map(n => n.html.slice(0, 160))})),
    Width: innerWidth, Content: document.documentElement.scrollWidth, SmallestText: text, SmallestDrawn: drawn === Infinity ? 0 : drawn,
    Scrolls: parts.map(e => ({
      Name: name(e.closest("figure") || e), Overflows: e.scrollWidth > e.clientWidth + 1,
      Tells: tells(e),
    })),
    Drawings: [...document.querySelectorAll("svg.drawing")].filter(shows).length, Cut: cut(), Overlaps: overlaps(),
    Shown: [...document.querySelectorAll("summary, .hint, nav")].filter(shows).map(name),
    Parted: [...document.querySelectorAll("h2, h3, figcaption, caption, thead")].filter(e => shows(e) && (e.tagName === "THEAD" ?
      getComputedStyle(e).display !== "table-header-group" : getComputedStyle(e).breakAfter !== "avoid")).map(name),
    Title: document.title, Font: getComputedStyle(document.body).fontFamily,
    First: [...document.querySelectorAll("body div")].find(shows).textContent.trim(),
  }));
}).catch(e => document.documentElement.setAttribute("data-seen", JSON.stringify({Violations: [{Rule: "probe", Help: String(e), Where: []}]})));
