// What the search box and the results do more where scripts run: suggestions,
// and filters that act at once. Without it they are a form and links.

const form = document.querySelector("form.search");

// Two regions take turns, so that what is said twice is read twice.
const regions = [0, 1].map(() => {
  const p = document.createElement("p");
  p.className = "vh";
  p.setAttribute("role", "status");
  document.body.append(p);
  return p;
});
let turn = 0;

function say(text) {
  regions[turn].textContent = "";
  turn = 1 - turn;
  regions[turn].textContent = text;
}

/* Suggestions: an editable combobox with manual selection (ARIA APG). The focus
   stays in the box, and keys that edit text do what they always do. */

function suggestions(input) {
  const words = form.dataset;
  const list = document.createElement("ul");
  list.id = "suggestions";
  list.hidden = true;
  list.setAttribute("role", "listbox");
  list.setAttribute("aria-label", words.suggestions);
  input.parentElement.append(list);
  for (const [name, value] of Object.entries({ role: "combobox", "aria-autocomplete": "list", "aria-controls": list.id, "aria-expanded": "false" })) {
    input.setAttribute(name, value);
  }

  const answers = new Map(); // by what was typed
  let active = -1, timer = 0, telling = 0, asking = null;

  const isOpen = () => !list.hidden;

  function choose(i) {
    active = i;
    for (const [n, option] of [...list.children].entries()) option.setAttribute("aria-selected", String(n === i));
    if (i < 0) return input.removeAttribute("aria-activedescendant");
    input.setAttribute("aria-activedescendant", list.children[i].id);
    list.children[i].scrollIntoView({ block: "nearest", behavior: "instant" });
  }

  function close() {
    clearTimeout(timer);
    clearTimeout(telling);
    asking?.abort();
    list.hidden = true;
    input.setAttribute("aria-expanded", "false");
    choose(-1);
  }

  function open(texts) {
    list.replaceChildren(...texts.map((text, i) => option(text, i)));
    list.hidden = texts.length === 0;
    input.setAttribute("aria-expanded", String(isOpen()));
    choose(-1);
    clearTimeout(telling); // while somebody types nothing is said
    telling = setTimeout(() => say(texts.length === 1 ? words.one : texts.length ? words.other.replace("#", texts.length) : words.none), 700);
  }

  function option(text, i) {
    const li = document.createElement("li");
    li.id = "suggestion-" + i;
    li.setAttribute("role", "option");
    li.dataset.text = text;
    const typed = input.value.trimStart();
    if (typed && text.toLowerCase().startsWith(typed.toLowerCase())) {
      const rest = document.createElement("b");
      rest.textContent = text.slice(typed.length);
      li.append(text.slice(0, typed.length), rest);
    } else {
      li.textContent = text;
    }
    return li;
  }

  async function ask() {
    asking?.abort();
    const typed = input.value.trimStart();
    if (typed.trim().length < 2) return close();
    if (answers.has(typed)) return open(answers.get(typed));
    asking = new AbortController();
    try {
      const query = new URLSearchParams({ q: typed, lang: document.documentElement.lang });
      const answer = await fetch("/api/v1/suggest?" + query, { signal: asking.signal });
      if (!answer.ok) return close();
      const texts = (await answer.json()).suggestions;
      answers.set(typed, texts);
      if (document.activeElement === input && input.value.trimStart() === typed) open(texts);
    } catch {
      // Aborted by the next letter, or no connection: the form works without.
    }
  }

  function accept(text) {
    input.value = text;
    close();
    form.requestSubmit();
  }

  function move(step) {
    const n = list.children.length + 1; // the box itself is one stop
    choose((active + 1 + step + n) % n - 1);
  }

  input.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(ask, 120);
  });
  input.addEventListener("keydown", event => {
    if (event.isComposing || event.ctrlKey || event.metaKey || event.shiftKey) return;
    switch (event.key) {
      case "ArrowDown":
        if (isOpen() && !event.altKey) move(1);
        else if (!isOpen()) ask();
        break;
      case "ArrowUp":
        if (!isOpen()) return;
        if (event.altKey) close();
        else move(-1);
        break;
      case "Enter":
        if (active < 0) return close();
        accept(list.children[active].dataset.text);
        break;
      case "Escape":
        if (isOpen()) close();
        else input.value = "";
        break;
      case "Tab":
        return close();
      default:
        if (active >= 0) choose(-1); // back to editing
        return;
    }
    event.preventDefault();
  });
  input.addEventListener("blur", close);
  list.addEventListener("pointerdown", event => event.preventDefault()); // the focus stays in the box
  list.addEventListener("click", event => {
    const li = event.target.closest("li");
    if (li) accept(li.dataset.text);
  });
}

const box = form?.querySelector("input[type=search]");
if (box) suggestions(box);
