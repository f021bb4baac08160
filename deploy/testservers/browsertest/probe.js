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
      Tells: [...e.querySelectorAll(".hint")].some(shows),
    })),
    Shown: [...document.querySelectorAll("summary, .hint, nav")].filter(shows).map(name),
    Parted: [...document.querySelectorAll("h2, h3, figcaption, .caption, thead")].filter(e => shows(e) && (e.tagName === "THEAD" ?
      getComputedStyle(e).display !== "table-header-group" : getComputedStyle(e).breakAfter !== "avoid")).map(name),
    Title: document.title, Font: getComputedStyle(document.body).fontFamily,
    First: [...document.querySelectorAll("body div")].find(shows).textContent.trim(),
  }));
}).catch(e => document.documentElement.setAttribute("data-seen", JSON.stringify({Violations: [{Rule: "probe", Help: String(e), Where: []}]})));
