// Runs in every frame before its own scripts. A call is reported to the harness
// under the fragment whose frame it came from, however deep inside.
(() => {
  const report = () => {
    let id = "", w = window;
    try {
      for (; w !== w.top; w = w.parent) if (w.parent === w.top) id = w.frameElement.dataset.id;
    } catch { /* a frame that may not look out */ }
    try {
      (window.top.fired ??= new Set()).add(id);
    } catch {
      window.top.postMessage("fired", "*");
    }
  };
  for (const name of ["alert", "confirm", "prompt", "print", "open"])
    Object.defineProperty(window, name, {value: report, writable: false, configurable: false});
  if (window === window.top) window.addEventListener("message", e => e.data === "fired" && report());
})();
