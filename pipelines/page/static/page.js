// What the page does besides showing: it hears what is new, remembers what was seen, and obeys a few keys.
"use strict";

document.documentElement.classList.add("js");

// The reader's time zone: told once to the server, which writes every time in it.
const zone = Intl.DateTimeFormat().resolvedOptions().timeZone || "UTC";
if (navigator.cookieEnabled && !document.cookie.split("; ").includes(`rasid-zone=${zone}`)) {
  const first = !document.cookie.includes("rasid-zone=");
  document.cookie = `rasid-zone=${zone}; path=/; max-age=31536000; samesite=strict`;
  if (zone !== "UTC" || !first) location.reload();
}

// Filters stand open where there is room for them.
for (const details of document.querySelectorAll("details[data-wide-open]"))
  if (matchMedia("(min-width: 62rem)").matches) details.open = true;

// What is new, as the server sends it. A browser connects again by itself.
const live = document.getElementById("live");
function say(state, words) {
  live.classList.toggle("on", state === "on");
  live.classList.toggle("off", state === "off");
  if (live.textContent !== words) live.textContent = words;
}
let isTold = false;
function tellNews() {  // at most once a second, and always after the last
  if (isTold) return;
  isTold = true;
  setTimeout(() => { isTold = false; htmx.trigger(document.body, "rasid:news"); }, 1000);
}
function listen() {
  const source = new EventSource("/live");
  source.onmessage = (message) => {
    const told = JSON.parse(message.data);
    if (told.missing) say("off", live.dataset.missing);
    else say("on", told.behind ? live.dataset.behind : live.dataset.on);
    if (told.seq > Number(document.body.dataset.seq)) tellNews();
    else if (told.seq < Number(document.body.dataset.seq)) location.reload();  // the page's database was made anew
  };
  source.onerror = () => {
    say("off", live.dataset.off);
    if (source.readyState === EventSource.CLOSED) setTimeout(listen, 3000);
  };
  addEventListener("pagehide", () => source.close(), { once: true });
}
addEventListener("pageshow", (shown) => shown.persisted && listen());
listen();

// What could not be done is said, and no longer where it then can.
const failed = document.getElementById("failed");
for (const one of ["htmx:responseError", "htmx:sendError"])
  document.body.addEventListener(one, (event) => {
    failed.textContent = failed.dataset[event.detail.requestConfig.verb === "post" ? "write" : "read"];
  });
document.body.addEventListener("htmx:afterSwap", () => { failed.textContent = ""; });

const title = document.title;
document.body.addEventListener("htmx:afterSettle", (event) => {
  const pill = document.querySelector("#newer .pill");
  document.title = pill ? `(${pill.dataset.number}) ${title}` : title;
  if (event.target.id !== "newer") markFresh();
});

// Since you looked: which stories were on the screen, and how many articles each had.
const KEPT = 3000;
let seen = {};
try { seen = JSON.parse(localStorage.getItem("rasid-seen") || "{}"); } catch { seen = {}; }
const isFirstLook = Object.keys(seen).length === 0;
const stories = () => document.querySelectorAll("[data-story]");
function markFresh() {
  let fresh = 0;
  for (const story of stories()) {
    const label = story.querySelector(".fresh"), before = seen[story.dataset.story];
    const more = Number(story.dataset.count) - (before || 0);
    const isFresh = !isFirstLook && (before === undefined || more > 0);
    label.hidden = !isFresh;
    label.textContent = !isFresh ? "" : before === undefined ? label.dataset.new : `${label.dataset.grown} ${more}`;
    fresh += isFresh;
  }
  const button = document.getElementById("seen");
  if (button) button.hidden = fresh === 0;
}
function remember() {
  for (const story of stories()) {
    delete seen[story.dataset.story];
    seen[story.dataset.story] = Number(story.dataset.count);
  }
  const kept = Object.entries(seen).slice(-KEPT);
  try { localStorage.setItem("rasid-seen", JSON.stringify(Object.fromEntries(kept))); } catch { /* private window */ }
}
markFresh();
addEventListener("pagehide", remember);
document.addEventListener("visibilitychange", () => document.visibilityState === "hidden" && remember());
document.addEventListener("click", (event) => {
  if (event.target.id !== "seen") return;
  remember();
  for (const label of document.querySelectorAll(".fresh")) label.hidden = true;
  event.target.hidden = true;
});

// Keys, as readers of feeds know them.
let at = -1;
function go(step) {
  const all = [...stories()];
  if (!all.length) return;
  at = Math.min(Math.max(at + step, 0), all.length - 1);
  all.forEach((story, number) => story.classList.toggle("current", number === at));
  all[at].querySelector("h2 a").focus({ preventScroll: true });
  all[at].scrollIntoView({ block: "nearest" });
}
addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.target.matches("input, select, textarea")) return;
  // The key's place, not its letter: an Arabic keyboard has other letters there.
  const act = { KeyJ: () => go(1), KeyK: () => go(-1),
    KeyN: () => document.querySelector("#newer .pill")?.click(),
    Slash: () => document.getElementById("q")?.focus() }[event.code];
  if (act) { event.preventDefault(); act(); }
});

// A record beside an article lights up its words.
for (const record of document.querySelectorAll(".told > li")) {
  const marks = document.querySelectorAll(`.text a[href="#${CSS.escape(record.id)}"] mark`);
  const light = (on) => () => marks.forEach((mark) => mark.classList.toggle("lit", on));
  record.addEventListener("mouseenter", light(true));
  record.addEventListener("mouseleave", light(false));
}
