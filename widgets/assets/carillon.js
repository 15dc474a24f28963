// The loader: shows a hub's fragments inside other sites' pages. Served
// through Loader in loader.go, which puts the style sheet in and takes
// comments and indentation out; comments stand on lines of their own.
(() => {
  const name = "carillon-widget";
  if (customElements.get(name)) return;
  const script = document.currentScript?.src || "";
  const sheet = new CSSStyleSheet();
  sheet.replaceSync("@CSS@");

  // What a fragment may hold. The hub sanitises; this is the second wall.
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
    // A page that reserved a height keeps it: what is longer scrolls.
    if (/^[1-9][\d.]*px$/.test(getComputedStyle(el).minHeight)) widget.classList.add("r");
    const root = el.shadowRoot || el.attachShadow({mode: "open"});
    root.adoptedStyleSheets = [sheet];
    root.replaceChildren(widget);
  };

  // XMLHttpRequest parses into an inert document without a Trusted Types
  // sink and sends no cookie to another origin; fetch cannot parse.
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
    // What can be seen at once does not wait for a frame.
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
