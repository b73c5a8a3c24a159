// Tells how many articles have come since the page was drawn. The page works without it.
// Who looks elsewhere holds no connection, of which a browser has six for all tabs together.
"use strict";
let place = null;
let source = null;
let seen = new Set();

function tell(event) {
  seen.add(JSON.parse(event.data).id);
  place.dataset.since = event.lastEventId;
  const link = place.querySelector("a");
  link.textContent = place.dataset.text.replace("{}", seen.size.toLocaleString(document.documentElement.lang));
  link.href = location.href;
  place.hidden = false;
}

function stop() {
  source?.close();
  source = null;
}

function follow() {
  const found = document.querySelector("[data-events]");
  if (found !== place) {
    stop();
    place = found;
    seen = new Set();
  }
  if (place && !source && !document.hidden) {
    source = new EventSource(`${place.dataset.events}&after=${encodeURIComponent(place.dataset.since)}`);
    source.addEventListener("article", tell);
  }
}

follow();
document.addEventListener("htmx:afterSettle", follow);
document.addEventListener("visibilitychange", () => (document.hidden ? stop() : follow()));
window.addEventListener("pagehide", stop);
window.addEventListener("pageshow", follow);
