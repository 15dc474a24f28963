(() => {
const name = "carillon-widget";
if (customElements.get(name)) return;
const script = document.currentScript?.src || "";
const sheet = new CSSStyleSheet();
sheet.replaceSync(":host{display:block;position:relative}.w{container-type:inline-size;display:flex;flex-direction:column;gap:var(--ca-gap,1em);min-height:inherit;padding:var(--ca-pad,1em);border-radius:var(--ca-radius,.5em);background:var(--ca-surface);color:var(--ca-text);font-family:var(--ca-font,inherit);font-size:var(--ca-size,inherit);font-style:normal;font-weight:400;line-height:1.5;text-align:start;text-indent:0;text-transform:none;text-shadow:none;white-space:normal;overflow-wrap:anywhere}*{box-sizing:border-box;margin:0;padding:0}.r{position:absolute;inset:0;overflow:auto}header{display:flex;align-items:center;gap:.75em;padding-block-end:.5em;border-block-end:.1875em solid var(--ca-accent)}.l{height:2em;width:auto;max-width:40%}.h,.t{font-family:var(--ca-heading-font,inherit);font-weight:var(--ca-weight,700);line-height:1.25}.h{font-size:calc(1.1em*var(--ca-scale,1.125))}.t{font-size:calc(1em*var(--ca-scale,1.125))}ul{list-style:none;display:grid;gap:var(--ca-gap,1em);grid-template-columns:repeat(auto-fill,minmax(min(100%,17em),1fr))}li{position:relative;display:flex;gap:1em;flex-wrap:wrap;padding:var(--ca-pad,1em);border:var(--ca-line,1px) solid var(--ca-edge,transparent);border-radius:var(--ca-radius,.5em);background:var(--ca-raised)}.b{flex:1 1 8em;display:flex;flex-direction:column;gap:.375em}a{color:var(--ca-accent);text-decoration:none}a:hover,footer a{text-decoration:underline;text-underline-offset:.2em}.t a::after{content:\"\";position:absolute;inset:0;border-radius:inherit}a:focus-visible,.t a:focus-visible::after{outline:.1875em solid var(--ca-focus);outline-offset:.125em}.t a:focus-visible{outline:0}.m,.s,footer{font-size:.875em;color:var(--ca-muted)}.s{margin-block-start:auto}.s a{position:relative;color:inherit;text-decoration:underline;display:inline-block;min-width:24px;min-height:24px}.x{font-weight:700;color:var(--ca-text)}.i{width:100%;height:auto;margin-block-end:.25em;aspect-ratio:16/9;object-fit:cover;border-radius:calc(var(--ca-radius,.5em)*.6);background:var(--ca-surface)}.c{flex:none;align-self:start;min-width:3.25em;padding:.375em .5em;border-radius:calc(var(--ca-radius,.5em)*.6);background:var(--ca-accent);color:var(--ca-accent-text);font-size:.875em;line-height:1.2;text-align:center}.c b{display:block;font-size:1.6em;line-height:1.1}footer{display:flex;flex-wrap:wrap;justify-content:space-between;gap:0 1em;margin-block-start:auto}footer a{display:inline-block;min-height:24px}@container (max-width:20em){header{flex-wrap:wrap}}@media print{.r{position:static}}");
const tags = /^(a|b|div|footer|h[2-6]|header|img|li|p|section|small|span|time|ul)$/;
const attributes = /^((alt|aria-[a-z]+|class|data-t|datetime|dir|height|lang|loading|referrerpolicy|rel|role|sizes|width)=|(href|src|srcset)=https?:\/\/)/;
const asked = new WeakMap();
const address = ({dataset: d}) => {
const query = new URLSearchParams(d.placement ? "" : d.select);
for (const key in d)
if (/^(theme[A-Z]\w*|heading|images|lang|summary|title)$/.test(key))
query.set(key == "lang" ? "ui" : key.replace(/[A-Z]/g, c => "-" + c.toLowerCase()), d[key]);
return (d.hub || script.split("/w/")[0]).replace(/\/+$/, "") + "/embed/"
+ (d.placement || "widget/" + (d.widget || "list")) + ".html" + ("?" + query).replace(/\?$/, "");
};
const tell = (el, what, status) =>
el.dispatchEvent(new CustomEvent("carillon:" + what, {bubbles: true, detail: {status}}));
const show = (el, section) => {
for (const node of [section, ...section.querySelectorAll("*")]) {
if (!tags.test(node.localName)) node.remove();
for (const a of [...node.attributes])
if (!attributes.test(a.name + "=" + a.value)) node.removeAttribute(a.name);
}
const widget = document.importNode(section, true);
widget.style.cssText = widget.dataset.t;
if (/^[1-9][\d.]*px$/.test(getComputedStyle(el).minHeight)) widget.classList.add("r");
const root = el.shadowRoot || el.attachShadow({mode: "open"});
root.adoptedStyleSheets = [sheet];
root.replaceChildren(widget);
};
const load = el => {
asked.get(el)?.abort();
const x = new XMLHttpRequest();
asked.set(el, x);
x.onload = x.onerror = () => {
const section = x.status == 200 && x.response?.querySelector("template")?.content.querySelector("section.w");
if (section) show(el, section);
tell(el, section ? "load" : "error", x.status);
};
try {
x.open("GET", address(el));
x.responseType = "document";
x.send();
} catch {
tell(el, "error", 0);
}
};
const near = new IntersectionObserver(entries => entries.forEach(e => {
if (e.isIntersecting) {
near.unobserve(e.target);
load(e.target);
}
}), {rootMargin: "800px"});
const changed = new MutationObserver(records => records.forEach(r => {
if (/^data-/.test(r.attributeName)) {
near.unobserve(r.target);
near.observe(r.target);
}
}));
const mount = el => {
if (asked.has(el)) return;
asked.set(el);
const {height} = el.dataset;
if (height) el.style.cssText += ";display:block;min-height:" + height + (+height ? "px" : "");
changed.observe(el, {attributes: true});
el.getBoundingClientRect().top < innerHeight ? load(el) : near.observe(el);
};
customElements.define(name, class extends HTMLElement {
connectedCallback() {
mount(this);
}
});
const scan = () => document.querySelectorAll("div[data-carillon]").forEach(mount);
new MutationObserver(scan).observe(document, {childList: true, subtree: true});
scan();
})();