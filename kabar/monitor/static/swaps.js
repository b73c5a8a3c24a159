// What a page does around the parts that htmx swaps. The page works without it.
"use strict";
const main = document.getElementById("main");
const box = document.querySelector(".seek input");
const asked = (address) => new URL(address, location.href).searchParams;
const shown = () => asked(location.href).get("q") ?? "";

// Nothing is asked by a page that nobody looks at, nor what is shown already.
document.addEventListener("htmx:beforeRequest", (event) => {
  const polls = event.detail.requestConfig.triggeringEvent === undefined;
  if ((polls && document.hidden) || (event.target === box && box.value.trim() === shown().trim())) event.preventDefault();
});
document.addEventListener("visibilitychange", () => {
  if (!document.hidden) document.querySelectorAll("[hx-trigger*=shown]").forEach((one) => htmx.trigger(one, "shown"));
});

// The way back passes each search once.
document.addEventListener("htmx:beforeHistoryUpdate", ({ detail: { history } }) => {
  if (asked(history.path).toString() === asked(location.href).toString()) history.type = "replace";
});

// The box says what is shown, unless somebody is writing in it; a reader whose link is gone goes on at the results.
document.addEventListener("htmx:afterSwap", (event) => {
  if (event.detail.target !== main) return;
  if (document.activeElement !== box) box.value = shown();
  if (document.activeElement === document.body) (document.getElementById("found") ?? main).focus({ preventScroll: true });
});

// What cannot be swapped is opened as a page, which tells what is wrong.
for (const name of ["htmx:responseError", "htmx:sendError"]) {
  document.addEventListener(name, ({ detail }) => {
    if (detail.target === main && detail.elt !== box) location.assign(detail.pathInfo.finalRequestPath);
  });
}
