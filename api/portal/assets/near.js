// "Near me": asks for the position when its button is pressed, and not before.
// What is searched is rounded to about a hundred metres, and is in the address.
(() => {
  const button = document.getElementById("here"), form = document.getElementById("search");
  if (!button || !form || !navigator.geolocation) return;
  const status = document.getElementById("here-status");
  const ask = (name, value) => {
    for (const old of [...form.elements]) if (old.name === name) old.disabled = true;
    const field = document.createElement("input");
    field.type = "hidden";
    field.name = name;
    field.value = value;
    form.append(field);
  };
  button.hidden = false;
  button.addEventListener("click", () => {
    status.textContent = button.dataset.wait;
    navigator.geolocation.getCurrentPosition(({coords}) => {
      ask("near", +coords.latitude.toFixed(3) + "," + +coords.longitude.toFixed(3));
      ask("sort", "distance");
      ask("postcode", ""); // the place is said once
      form.submit();
    }, error => {
      status.textContent = error.code === 1 ? button.dataset.refused : button.dataset.failed;
    }, {maximumAge: 600000, timeout: 15000});
  });
})();
