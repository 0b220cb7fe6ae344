// Completions below the search box, as the ARIA pattern of a combobox with a listbox has it.
"use strict";

(() => {
  const WAIT_MILLISECONDS = 120;
  const KINDS = { category: "分类", product: "产品" };

  const attach = (box, number) => {
    const form = box.form;
    const list = document.createElement("ul");
    const said = document.createElement("p");
    let asked = null;
    let timer = 0;
    let shown = [];
    let active = -1;
    let typed = box.value;
    let composing = false;

    list.id = `completions-${number}`;
    list.className = "completions";
    list.setAttribute("role", "listbox");
    list.setAttribute("aria-label", "可能想问");
    list.hidden = true;
    said.className = "hidden";
    said.setAttribute("aria-live", "polite");
    box.setAttribute("role", "combobox");
    box.setAttribute("aria-autocomplete", "list");
    box.setAttribute("aria-controls", list.id);
    box.setAttribute("aria-expanded", "false");
    form.append(list, said);

    const forget = () => {
      clearTimeout(timer);
      asked?.abort();
      asked = null;
    };

    const mark = (place) => {
      active = place;
      [...list.children].forEach((option, at) => {
        option.setAttribute("aria-selected", String(at === place));
      });
      if (place < 0) {
        box.removeAttribute("aria-activedescendant");
      } else {
        box.setAttribute("aria-activedescendant", list.children[place].id);
        list.children[place].scrollIntoView({ block: "nearest" });
      }
    };

    const close = () => {
      forget();
      mark(-1);
      list.hidden = true;
      box.setAttribute("aria-expanded", "false");
    };

    const option = (suggestion, at) => {
      const item = document.createElement("li");
      item.id = `${list.id}-${at}`;
      item.setAttribute("role", "option");
      const text = document.createElement("span");
      text.className = "completion";
      text.textContent = suggestion.text;
      item.append(text);
      if (KINDS[suggestion.kind]) {
        const kind = document.createElement("span");
        kind.className = "kind";
        kind.textContent = KINDS[suggestion.kind];
        item.append(kind);
      }
      // The box keeps the focus, so that typing goes on.
      item.addEventListener("pointerdown", (event) => event.preventDefault());
      item.addEventListener("mousedown", (event) => event.preventDefault());
      item.addEventListener("click", () => go(suggestion));
      return item;
    };

    const show = (suggestions) => {
      shown = suggestions;
      list.replaceChildren(...suggestions.map(option));
      list.hidden = suggestions.length === 0;
      box.setAttribute("aria-expanded", String(!list.hidden));
      said.textContent = list.hidden ? "" : `有 ${suggestions.length} 条可能想问的，按上下键选`;
      mark(-1);
    };

    const go = (suggestion) => {
      // Only a path of this site is followed, whatever stands in an answer.
      const address = new URL(suggestion.url, location.origin);
      if (address.origin === location.origin) location.assign(address);
    };

    const ask = async () => {
      forget();
      const q = box.value.trim();
      if (!/[\p{L}\p{N}]/u.test(q) || q.length > box.maxLength) {
        close();
        return;
      }
      const mine = new AbortController();
      asked = mine;
      try {
        const query = new URLSearchParams({ q });
        const answer = await fetch(`${form.dataset.suggest}?${query}`, { signal: mine.signal });
        const body = answer.ok ? await answer.json() : { suggestions: [] };
        if (asked === mine && document.activeElement === box) show(body.suggestions);
      } catch {
        // Asked anew, or nobody answers: a question can be typed all the same.
        if (asked === mine) close();
      }
    };

    const askSoon = () => {
      forget();
      typed = box.value;
      timer = setTimeout(ask, WAIT_MILLISECONDS);
    };

    const move = (step) => {
      const places = shown.length + 1;
      // One place more than there are completions: what was typed.
      const place = ((active + 1 + step + places) % places) - 1;
      mark(place);
      box.value = place < 0 ? typed : shown[place].text;
    };

    box.addEventListener("compositionstart", () => {
      composing = true;
      forget();
    });
    box.addEventListener("compositionend", () => {
      composing = false;
      askSoon();
    });
    box.addEventListener("input", (event) => {
      if (!composing && !event.isComposing) askSoon();
    });
    box.addEventListener("blur", close);
    box.addEventListener("keydown", (event) => {
      // 229: the key belongs to an input method, in Safari also the Enter that ends it.
      if (event.isComposing || composing || event.keyCode === 229) return;
      if (event.key === "ArrowDown" || event.key === "ArrowUp") {
        event.preventDefault();
        if (list.hidden) ask();
        else move(event.key === "ArrowDown" ? 1 : -1);
      } else if (event.key === "Escape" && !list.hidden) {
        event.preventDefault();
        box.value = typed;
        close();
      } else if (event.key === "Enter" && active >= 0) {
        event.preventDefault();
        go(shown[active]);
      }
    });
    form.addEventListener("submit", (event) => {
      if (composing) event.preventDefault();
      else close();
    });
  };

  document.querySelectorAll(".search[data-suggest] input").forEach(attach);
})();
