// The loader: shows a hub's fragments inside other sites' pages, and gives its
// frames their height. Served through Loader in loader.go, which takes comments
// and indentation out; comments stand on lines of their own.
(() => {
  const name = "carillon-widget", divs = "div[data-carillon],div[data-hub][data-placement]", doc = document;
  if (customElements.get(name)) return;
  const hub = (doc.currentScript?.src || "").split("/w/")[0];

  // What a fragment may hold. The hub sanitises; this is the second wall.
  const tags = /^(a|b|div|footer|h[2-6]|header|img|li|p|section|small|span|time|ul)$/;
  const attributes = /^((alt|aria-[a-z]+|class|data-t|datetime|dir|height|lang|loading|referrerpolicy|rel|role|sizes|width)=|(href|src|srcset)=https?:\/\/)/;

  // By element: the request, its address, how often it was tried since content
  // came, and whether the last try failed.
  const asked = new WeakMap();

  const address = ({dataset: d}) => {
    const query = new URLSearchParams(d.placement ? "" : d.select);
    for (const key in d)
      if (/^(theme[A-Z]\w*|heading|images|lang|summary|title)$/.test(key))
        query.set(key == "lang" ? "ui" : key.replace(/[A-Z]/g, c => "-" + c.toLowerCase()), d[key]);
    return (d.hub || hub).replace(/\/+$/, "") + "/embed/"
      + (d.placement || "widget/" + (d.widget || "list")) + ".html" + ("?" + query).replace(/\?$/, "");
  };

  const show = (el, section) => {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(section.dataset.s);
    for (const node of [section, ...section.querySelectorAll("*")]) {
      if (!tags.test(node.localName)) node.remove();
      for (const a of [...node.attributes])
        if (!attributes.test(a.name + "=" + a.value)) node.removeAttribute(a.name);
    }
    const widget = doc.importNode(section, true), slot = doc.createElement("slot");
    widget.style.cssText = widget.dataset.t;
    // A page that reserved room keeps it: what is longer scrolls.
    const room = el.querySelector("[slot=room]")?.style.paddingBottom;
    if (room || /^[1-9][\d.]*px$/.test(getComputedStyle(el).minHeight)) widget.classList.add("r");
    slot.name = "room";
    const root = el.shadowRoot || el.attachShadow({mode: "open"});
    root.adoptedStyleSheets = [sheet];
    root.replaceChildren(widget, room ? slot : "");
  };

  const parse = text => {
    try {
      return new DOMParser().parseFromString(text, "text/html");
    } catch {}
  };

  // XMLHttpRequest parses into an inert document without a Trusted Types
  // sink and sends no cookie to another origin; fetch cannot parse. A page that
  // is being printed does not wait, so what it needs is asked for now.
  const load = (el, now) => {
    const was = asked.get(el), x = new XMLHttpRequest(), url = address(el);
    near.unobserve(el);
    if (was.tries++ > 8) return;
    clearTimeout(was.timer);
    was.x?.abort();
    was.x = x;
    was.url = url;
    was.failed = 0;
    const tell = (what, reason) =>
      el.dispatchEvent(new CustomEvent("carillon:" + what, {bubbles: true, detail: {status: x.status, reason}}));
    // An error is a problem (RFC 9457).
    x.onreadystatechange = () => !now && x.readyState == 2 && x.status > 399 && (x.responseType = "json");
    x.onload = x.onerror = () => {
      const {status} = x, response = now ? parse(x.response) : x.response;
      const section = status == 200 && response?.querySelector("template")?.content.querySelector("section.w");
      if (section) {
        was.tries = 0;
        show(el, section);
        tell("load");
      } else {
        was.failed = 1;
        if (status > 399 && status < 429) {
          if (was.tries < 2) console.warn(name, response?.detail);
        } else was.timer = setTimeout(() => el.isConnected && load(el), 2 ** was.tries * 2e3 * (1 + Math.random()));
        tell("error", response?.detail);
      }
    };
    try {
      x.open("GET", url, !now);
      if (!now) x.responseType = "document";
      x.send();
    } catch {
      tell("error");
    }
  };

  const near = new IntersectionObserver(entries => entries.forEach(e => e.isIntersecting && load(e.target)), {rootMargin: "800px"});

  const changed = new MutationObserver(records => records.forEach(({target}) => {
    const was = asked.get(target);
    if (address(target) != was.url) {
      was.tries = 0;
      load(target);
    }
  }));

  const mount = (el, back) => {
    if (asked.has(el)) {
      if (back && asked.get(el).failed) load(el);
      return;
    }
    const was = {tries: 0, url: address(el)};
    asked.set(el, was);
    const {height} = el.dataset;
    if (height) el.style.cssText += ";display:block;min-height:" + height + (+height ? "px" : "");
    changed.observe(el, {attributes: true});
    // What is far below waits for a reader who stays: it must be there for
    // a reading mode, an archive or a search in the page all the same.
    if (el.getBoundingClientRect().top < innerHeight) load(el);
    else {
      near.observe(el);
      setTimeout(() => was.x || load(el), 3e3);
    }
  };

  customElements.define(name, class extends HTMLElement {
    connectedCallback() {
      mount(this, 1);
    }
  });
  // A frame that is given the nonce answers with it and its height. One in a
  // sandbox has the origin "null".
  const frames = `iframe[src^="${hub}/embed/"]`, nonce = crypto.getRandomValues(new Uint32Array(4)).join();
  const greet = frame => frame.matches?.(frames) && frame.contentWindow.postMessage({carillon: nonce}, "*");
  doc.addEventListener("load", e => greet(e.target), true);
  addEventListener("message", ({data, origin, source}) => {
    if (data?.carillon == nonce && data.height > 0 && (origin == "null" || (hub + "/").startsWith(origin + "/")))
      for (const frame of doc.querySelectorAll(frames))
        if (frame.contentWindow == source) frame.style.height = Math.min(data.height, 1e4) + "px";
  });
  doc.querySelectorAll(frames).forEach(greet);

  const scan = records => doc.querySelectorAll(divs).forEach(el =>
    mount(el, records?.some(r => [...r.addedNodes].some(n => n.contains(el)))));
  new MutationObserver(scan).observe(doc, {childList: true, subtree: true});
  scan();

  const again = ({type}) => doc.querySelectorAll(name + "," + divs).forEach(el => {
    const was = asked.get(el) || {x: 1};
    if (type == "online" ? was.failed : !was.x) {
      was.tries = 0;
      load(el, type != "online");
    }
  });
  addEventListener("online", again);
  addEventListener("beforeprint", again);
})();
