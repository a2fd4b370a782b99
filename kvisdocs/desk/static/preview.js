// The document beside a case follows what is typed. Without this script the button shows it.
"use strict";
const made = document.getElementById("visninger");

function startPreview() {
  const paper = document.getElementById("papir");
  const choice = document.getElementById("dokument");
  const faults = document.getElementById("visningsfejl");
  let asked = 0;

  async function follow() {
    if (!made.open) return;
    const number = ++asked;
    let answer;
    try {
      const body = document.getElementById("sagen").sentBody();
      const response = await fetch(`${made.dataset.make}&svar=adresse`, { method: "POST", body });
      if (!response.ok) return;
      answer = await response.json();
    } catch {
      return;  // the desk is closed; saving will say so
    }
    if (number !== asked) return;
    faults.innerHTML = answer.faults;
    paper.classList.toggle("stale", answer.address === "");  // what is shown is how it was before the fault
    if (answer.address) turn(answer.address, number);
  }

  // Each is laid out behind the one that is shown, so that nothing blinks, and none stands in the browser's history.
  function turn(address, number) {
    const old = [...paper.querySelectorAll("iframe")];
    const next = document.createElement("iframe");
    next.title = choice.selectedOptions[0].text;
    next.setAttribute("sandbox", "");
    next.src = address;
    next.className = "waiting";
    next.addEventListener("load", () => {
      if (number !== asked) { next.remove(); return; }
      next.className = "";
      old.forEach((each) => each.remove());
      paper.dataset.shown = number;
    });
    paper.append(next);
  }

  document.getElementById("vis").hidden = true;
  document.addEventListener("case-typed", follow);
  choice.addEventListener("change", (event) => { event.stopPropagation(); paper.scrollTop = 0; follow(); });
  made.addEventListener("toggle", follow);
  follow();
}

if (made) startPreview();
