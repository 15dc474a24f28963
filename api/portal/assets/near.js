// "Near me": asks for the position when its button is pressed, and not before.
// What is searched is rounded to about a hundred metres, and is in the address.
(() => {
  const form = document.getElementById("search"), find = id => document.getElementById(id);
  if (!find("here") || !form || !navigator.geolocation) return;
  const ask = (name, value) => {
    for (const old of [...form.elements]) if (old.name === name) old.disabled = true;
    const field = document.createElement("input");
    field.type = "hidden";
    field.name = name;
    field.value = value;
    form.append(field);
  };
  const offer = () => { find("here").hidden = false; };
  offer();
  document.addEventListener("carillon:filters", offer); // they are others now: see portal.js
  document.addEventListener("click", event => {
    const button = event.target.closest("#here");
    if (!button) return;
    const tell = text => { find("here-status").textContent = text; };
    tell(button.dataset.wait);
    navigator.geolocation.getCurrentPosition(({coords}) => {
      ask("near", +coords.latitude.toFixed(3) + "," + +coords.longitude.toFixed(3));
      ask("sort", "distance");
      ask("place", ""); // the place is said once
      form.submit();
    }, error => {
      tell(error.code === 1 ? button.dataset.refused : button.dataset.failed);
    }, {maximumAge: 600000, timeout: 15000});
  });
})();
