// Does to every element what a visitor's mouse and keyboard might do, shadow
// roots included, then moves the markup into a shadow root as text, as a
// careless page does, and does it there. Gives where script ran. A page with
// frames that have a data-id is a set of cases: each frame is a page then.
(async () => {
  const events = {
    MouseEvent: ["click", "mousedown", "mouseover", "mouseenter", "mousemove"],
    PointerEvent: ["pointerover", "pointerenter"],
    FocusEvent: ["focus", "focusin"],
    Event: ["input", "change", "submit", "scroll", "toggle"],
  };
  const kinds = Object.entries(events).flatMap(([kind, names]) => names.map(name => [window[kind], name]));

  // To follow a link or send a form to elsewhere would end the page.
  const stay = event => {
    const to = event.composedPath().find(e => e.href || e.form);
    const address = to && String(to.protocol ?? to.href?.baseVal ?? to.getAttribute("formaction") ?? to.form?.action);
    if (to && !/^\s*javascript:/i.test(address)) event.preventDefault();
  };
  // Every element is visited, so no event need bubble to reach a handler.
  const poke = root => {
    for (const e of root.querySelectorAll("*")) {
      for (const [Kind, name] of kinds) e.dispatchEvent(new Kind(name, {cancelable: true, composed: true}));
      if (e.tabIndex >= 0 || e.isContentEditable) e.focus(); // what cannot have the focus costs a layout
      if (e.shadowRoot) poke(e.shadowRoot);
    }
  };
  const rewrite = doc => {
    const root = doc.createElement("div").attachShadow({mode: "open"});
    root.innerHTML = doc.body.innerHTML;
    doc.body.replaceChildren(root.host);
  };

  const frames = [...document.querySelectorAll("iframe[data-id]")];
  const each = act => {
    for (const page of frames.length ? frames.map(f => f.contentDocument) : [document])
      try { act(page); } catch { /* a frame that its case has sent elsewhere */ }
  };
  const soon = () => new Promise(resolve => setTimeout(resolve, 20));
  each(page => page.addEventListener("click", stay, true));
  each(poke);
  each(rewrite);
  await soon();
  each(poke);
  await soon();
  return [...window.fired];
})()
