// Tells how many articles have come since the page was drawn. The page works without it.
"use strict";
const place = document.querySelector("[data-events]");
if (place && "EventSource" in window) {
  const seen = new Set();
  const source = new EventSource(place.dataset.events);
  source.addEventListener("article", (event) => {
    seen.add(JSON.parse(event.data).id);
    const link = place.querySelector("a");
    link.textContent = place.dataset.text.replace("{}", seen.size.toLocaleString(document.documentElement.lang));
    link.href = location.href;
    place.hidden = false;
  });
  window.addEventListener("pagehide", () => source.close());
}
