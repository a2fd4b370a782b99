// Asks how far a run is, and shows it. Without this script the page comes anew by itself.
"use strict";
const bar = document.getElementById("fremdrift");
const shown = document.getElementById("langt");
const spoken = document.getElementById("sagt");
let lastSpoken = Date.now();
async function ask() {
  try {
    const answer = await fetch(bar.dataset.status);
    const status = await answer.json();
    if (status.over) {
      location.assign(bar.dataset.done);
      return;
    }
    if (status.total) {
      bar.max = status.total;
      bar.value = status.done;
    }
    shown.textContent = status.text;
    if (Date.now() - lastSpoken > 15000) {  // not more often, for whoever hears it
      spoken.textContent = status.text;
      lastSpoken = Date.now();
    }
  } catch {
    shown.textContent = "Skrivebordet svarer ikke.";
  }
  setTimeout(ask, 1000);
}
setTimeout(ask, 500);
