// In a frame's page: tells the page around it how high it is, once that has
// given a nonce and whenever the height changes. See carillon.js.
addEventListener("message", ({data, origin, source}) => {
  const {documentElement: page} = document;
  if (source == parent && data?.carillon && origin != "null")
    new ResizeObserver(() => source.postMessage({carillon: data.carillon, height: page.offsetHeight}, origin)).observe(page);
});
