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

/* Filters that act at once. The address stays the selection: each choice is a
   page of the hub, of which the results and the filters are shown in place. */

const live = ["#results", ".languages"]; // .filters by parts

function filtersLive(filters) {
  const results = document.getElementById("results");
  const told = document.createElement("p");
  told.className = "vh";
  told.textContent = filters.dataset.live;
  filters.before(told);
  document.documentElement.classList.add("live");
  let going = null, timer = 0, shown = location.pathname + location.search;

  const formAddress = () => form.action + "?" + new URLSearchParams(new FormData(form));

  // show replaces results and filters by those of an address of ours. after is
  // told once they are there.
  async function show(address, { push = true, after } = {}) {
    clearTimeout(timer);
    going?.abort();
    const mine = going = new AbortController();
    results.setAttribute("aria-busy", "true");
    let page, at;
    try {
      const answer = await fetch(address, { signal: mine.signal });
      page = new DOMParser().parseFromString(await answer.text(), "text/html");
      at = new URL(answer.url);
    } catch (error) {
      if (error.name === "AbortError") return;
    }
    if (mine.signal.aborted) return;
    const found = page?.getElementById("results");
    if (!found) return location.assign(address); // whatever it is, the browser shows it
    const focus = keepFocus();
    const next = found.dataset.address ?? at.pathname + at.search;
    if (push && next !== location.pathname + location.search) history.pushState(null, "", next);
    shown = location.pathname + location.search;
    document.title = page.title;
    for (const selector of live) {
      const now = document.querySelector(selector), next = page.querySelector(selector);
      if (now && next) now.replaceChildren(...next.childNodes);
    }
    for (const link of document.querySelectorAll("link[rel=canonical], link[rel=alternate]")) link.remove();
    document.head.append(...page.querySelectorAll("link[rel=canonical], link[rel=alternate]"));
    replaceFilters(page.querySelector(".filters"), push);
    results.removeAttribute("aria-busy");
    document.dispatchEvent(new Event("carillon:filters"));
    focus();
    after?.();
    say([results.querySelector("h1"), document.getElementById("scope")].map(e => e?.textContent ?? "").join(". "));
  }

  const isText = e => e?.matches?.("input:not([type=checkbox])");

  // replaceFilters leaves alone the part in which somebody is typing.
  function replaceFilters(next, typing) {
    const open = [...filters.querySelectorAll("details[open]")].map(d => d.closest("[data-part]")?.dataset.part);
    for (const details of next.querySelectorAll("details")) {
      if (open.includes(details.closest("[data-part]")?.dataset.part)) details.open = true;
    }
    const kept = typing && isText(document.activeElement) ? document.activeElement.closest(".filters > [data-part]") : null;
    const parts = [...next.childNodes], at = parts.findIndex(p => p.dataset?.part === kept?.dataset.part);
    if (!kept || at < 0) return filters.replaceChildren(...parts);
    for (const old of [...filters.childNodes]) if (old !== kept) old.remove();
    kept.before(...parts.slice(0, at));
    kept.after(...parts.slice(at + 1));
  }

  // keepFocus returns what puts the focus where it was, at the same height.
  function keepFocus() {
    const e = document.activeElement;
    if (!e || !filters.contains(e)) return () => {};
    const top = e.getBoundingClientRect().top;
    const name = e.id ? "#" + CSS.escape(e.id) : e.href ? `[data-part=${e.closest("[data-part]")?.dataset.part}] a:nth-child(1)` : `[name="${CSS.escape(e.name)}"][value="${CSS.escape(e.value)}"]`;
    const nth = e.href ? [...e.closest("ul").querySelectorAll("a")].indexOf(e) : 0;
    return () => {
      const again = e.isConnected ? e : filters.querySelectorAll(name)[nth];
      if (document.activeElement !== again) again?.focus({ preventScroll: true });
      if (again) scrollBy({ top: again.getBoundingClientRect().top - top, behavior: "instant" });
    };
  }

  filters.addEventListener("change", event => {
    clearTimeout(timer);
    timer = setTimeout(() => show(formAddress()), isText(event.target) ? 700 : 0);
  });
  form.addEventListener("submit", event => {
    const button = filters.contains(event.submitter);
    const entered = filters.contains(document.activeElement); // in a field, which presses the button of the box
    if (!button && !entered) return; // the box: a page of its own
    event.preventDefault();
    show(formAddress(), button ? { after: () => { results.focus(); results.scrollIntoView(); } } : {});
  });
  document.addEventListener("click", event => {
    const link = event.target.closest(".tags a, .periods a");
    if (!link || event.button || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
    event.preventDefault();
    const at = [...document.querySelectorAll(".tags a")].indexOf(link);
    show(link.href, {
      after: () => {
        if (at < 0) return;
        const rest = results.querySelectorAll(".tags a:not(.clear)");
        (rest[Math.min(at, rest.length - 1)] ?? results).focus();
      },
    });
  });
  addEventListener("popstate", () => {
    if (location.pathname + location.search !== shown) show(location.href, { push: false });
  });
}

const filters = document.querySelector(".filters");
if (form && filters) filtersLive(filters);

/* The address to pass on. */

if (navigator.clipboard) {
  document.documentElement.classList.add("can-copy");
  document.addEventListener("click", async event => {
    const button = event.target.closest("[data-copy]");
    if (!button) return;
    await navigator.clipboard.writeText(new URL(button.dataset.copy, location.href).href);
    say(button.dataset.done);
    button.classList.add("done");
  });
}

/* From page to page of results one goes on at the results. */

document.addEventListener("click", event => {
  const link = event.target.closest("a[data-page]");
  if (link) link.hash = "results";
});
