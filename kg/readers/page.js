"use strict";
// A statement that is pointed at, focused or chosen shows its own parts alone; without this script all stay marked.
for (const section of document.querySelectorAll(".document")) {
  let chosen = null;
  const show = (number) => {
    section.classList.toggle("picked", number !== null);
    for (const part of section.querySelectorAll(".on")) {
      part.classList.remove("on");
      if (part.dataset.role) part.className = part.dataset.role;
    }
    if (number === null) return;
    for (const mark of section.querySelectorAll("mark[data-s]")) {
      const part = mark.dataset.s.split(" ").find((each) => each.split(":")[0] === number);
      if (!part) continue;
      mark.dataset.role ??= mark.className;  // what overlaps it most inwardly; alone it shows its own part
      mark.className = `${part.split(":")[1]} on`;
    }
    const item = section.querySelector(`.statements > li[data-n="${number}"]`);
    if (item) item.classList.add("on");
  };
  const choose = (number) => show((chosen = chosen === number ? null : number));
  for (const item of section.querySelectorAll(".statements > li")) {
    const number = item.dataset.n;
    item.addEventListener("mouseenter", () => show(number));
    item.addEventListener("mouseleave", () => show(chosen));
    item.addEventListener("focusin", () => show(number));
    item.addEventListener("focusout", () => show(chosen));
    item.addEventListener("click", (event) => { if (!event.target.closest("a")) choose(number); });
  }
  for (const label of section.querySelectorAll(".text .n")) {
    label.addEventListener("mouseenter", () => show(label.dataset.n));
    label.addEventListener("mouseleave", () => show(chosen));
    label.addEventListener("focus", () => show(label.dataset.n));
    label.addEventListener("blur", () => show(chosen));
  }
  document.addEventListener("keydown", (event) => { if (event.key === "Escape") show((chosen = null)); });
}
