"use strict";
// Pages are whole without this: it sorts their tables and filters their lists.

function sortBy(table, column, ascending) {
  const body = table.tBodies[0];
  const numeric = table.tHead.querySelectorAll("th")[column].dataset.sort === "number";
  // A heading may span two columns: the cells that can be sorted by carry their value.
  const value = (row) => row.querySelectorAll("[data-value]")[column].dataset.value;
  const compare = numeric
    ? (a, b) => Number(value(a)) - Number(value(b))
    : (a, b) => value(a).localeCompare(value(b));
  const rows = Array.from(body.rows).sort(compare);
  body.append(...(ascending ? rows : rows.reverse()));
}

for (const table of document.querySelectorAll("table.sortable")) {
  const headings = Array.from(table.tHead.querySelectorAll("th"));
  headings.forEach((heading, column) => {
    const button = document.createElement("button");
    button.type = "button";
    button.append(...heading.childNodes);
    heading.append(button);
    button.addEventListener("click", () => {
      const ascending = heading.getAttribute("aria-sort") !== "ascending";
      headings.forEach((other) => other.removeAttribute("aria-sort"));
      heading.setAttribute("aria-sort", ascending ? "ascending" : "descending");
      sortBy(table, column, ascending);
    });
  });
}

for (const form of document.querySelectorAll("form[data-filter]")) {
  const list = document.getElementById(form.dataset.filter);
  const items = list.tBodies ? list.tBodies[0].rows : list.children;
  const output = form.querySelector("output");
  const show = () => {
    const text = form.elements.text.value.trim().toLocaleLowerCase();
    const state = form.elements.state ? form.elements.state.value : "";
    const incomplete = form.elements.incomplete ? form.elements.incomplete.checked : false;
    let shown = 0;
    for (const item of items) {
      item.hidden =
        !item.textContent.toLocaleLowerCase().includes(text) ||
        (state !== "" && item.dataset.state !== state) ||
        (incomplete && "complete" in item.dataset);
      shown += item.hidden ? 0 : 1;
    }
    const numbers = { shown: shown, all: items.length };
    output.textContent = output.dataset.text.replace(/\{(\w+)\}/g, (_, name) => numbers[name]);
  };
  form.hidden = false;
  form.addEventListener("input", show);
  form.addEventListener("submit", (event) => event.preventDefault());
  show();
}
