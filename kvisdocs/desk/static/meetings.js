// Items are moved with a pointer, and a screen reader hears where they are. Without this script the buttons do the same.
"use strict";
const said = document.querySelector("[data-announce]");
if (said) {
  const text = said.textContent;
  said.style.minHeight = `${said.offsetHeight}px`; // nothing below moves meanwhile
  said.textContent = "";
  setTimeout(() => { said.textContent = text; }, 200);
}
const form = document.getElementById("flyt");
for (const list of form ? document.querySelectorAll("ol.agenda") : []) {
  const items = [...list.querySelectorAll("li[data-index]")];
  let dragged = null;
  const clear = () => items.forEach((each) => each.classList.remove("above", "below", "dragged"));
  const after = (item, event) => {
    const box = item.getBoundingClientRect();
    return event.clientY > box.top + box.height / 2;
  };
  for (const item of items) {
    item.draggable = true;
    item.addEventListener("dragstart", (event) => {
      dragged = item;
      event.dataTransfer.effectAllowed = "move";
      event.dataTransfer.setData("text/plain", "");
      item.classList.add("dragged");
    });
    item.addEventListener("dragend", () => { dragged = null; clear(); });
    item.addEventListener("dragover", (event) => {
      if (!dragged || dragged === item) return;
      event.preventDefault();
      items.forEach((each) => each.classList.remove("above", "below"));
      item.classList.add(after(item, event) ? "below" : "above");
    });
    item.addEventListener("drop", (event) => {
      if (!dragged || dragged === item) return;
      event.preventDefault();
      const from = Number(dragged.dataset.place);
      const to = Number(item.dataset.place) + (after(item, event) ? 1 : 0);
      form.elements.punkt.value = dragged.dataset.index;
      form.elements.plads.value = to > from ? to - 1 : to;
      form.submit();
    });
  }
}
