// Runs in every frame before its own scripts: what a payload calls to be seen
// is counted at the top, under the frame it ran in, "" for the page itself.
(() => {
  const caught = () => {
    let id = "";
    try {
      let w = window;
      for (; w !== w.top; w = w.parent) if (w.parent === w.top) id = w.frameElement.dataset.id ?? "";
      w.fired.add(id);
    } catch { // a frame that may not look at the top can still call it
      window.top.postMessage("carillon: fired", "*");
    }
  };
  for (const name of ["alert", "confirm", "prompt", "print", "open"])
    Object.defineProperty(window, name, {value: caught, writable: false, configurable: false});
  if (window !== window.top) return;
  window.fired = new Set();
  addEventListener("message", e => e.data === "carillon: fired" && window.fired.add(""));
})();
