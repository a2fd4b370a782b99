// A click on a problem puts the cursor at its place in the text. Without this script it leads to the line below the text.
"use strict";
const editor = document.getElementById("tekst");
for (const link of editor ? document.querySelectorAll("a[data-line]") : []) {
  link.addEventListener("click", (event) => {
    event.preventDefault();
    const lines = editor.value.split("\n");
    const before = lines.slice(0, Number(link.dataset.line) - 1).join("\n");
    const start = before.length + (before || Number(link.dataset.line) > 1 ? 1 : 0);
    const at = Math.min(start + Math.max(0, Number(link.dataset.column) - 1), editor.value.length);
    editor.focus();
    editor.setSelectionRange(at, at);
    const height = editor.scrollHeight / lines.length;
    editor.scrollTop = Math.max(0, (Number(link.dataset.line) - 5) * height);
  });
}
let saving = false;
if (editor) {
  editor.form.addEventListener("submit", () => { saving = true; });
  window.addEventListener("beforeunload", (event) => {
    if (!saving && editor.value !== editor.defaultValue) event.preventDefault();
  });
}
