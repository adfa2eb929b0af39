// Spares the reload: what a link or a form leads to replaces what is on the page. Without this script all of it works.
"use strict";

// A state of the history is the form that was sent for it, and where to; what has none was asked for by its address.
let asking = null;

const content = () => document.getElementById("content");

async function visit(to, form, kept) {
  if (asking) asking.abort();
  const mine = (asking = new AbortController());
  document.body.setAttribute("aria-busy", "true");
  try {
    const method = form === null ? "GET" : "POST";
    const body = form === null ? undefined : new URLSearchParams(form);
    const answer = await fetch(to, { method, body, signal: mine.signal, headers: { accept: "text/html" } });
    const text = await answer.text();
    if (mine !== asking) return;
    const found = new DOMParser().parseFromString(text, "text/html");
    if (!found.getElementById("content")) throw new TypeError(text.slice(0, 300));
    const own = found.getElementById("content").dataset.address || (form === null ? answer.url || to : location.href);
    const state = form === null || answer.redirected ? null : { to, form };
    if (!kept && (own !== location.pathname + location.search || state)) history.pushState(state, "", own);
    show(found);
  } catch (wrong) {
    if (mine === asking && wrong.name !== "AbortError") complain(wrong);
  } finally {
    if (mine === asking) {
      asking = null;
      document.body.removeAttribute("aria-busy");
    }
  }
}

function complain(wrong) {
  const said = wrong.message.includes("plenipo serve") ? wrong.message : "The page gets no answer. Does plenipo serve still run?";
  const told = document.createElement("p");
  told.className = "faults lost";
  told.setAttribute("role", "alert");
  told.textContent = said;
  document.querySelectorAll(".lost").forEach((each) => each.remove());
  content().prepend(told);
  told.scrollIntoView({ block: "nearest" });
}

function show(found) {
  const fresh = found.getElementById("content");
  const opened = [...content().querySelectorAll("details[open][data-subject]")].map((each) => each.dataset.subject);
  const same = content().dataset.view === fresh.dataset.view;
  content().replaceWith(fresh);
  document.title = found.title;
  for (const part of ["header.bar", "footer"]) document.querySelector(part).replaceWith(found.querySelector(part));
  document.getElementById("said").textContent = found.getElementById("said").textContent;
  if (same) {
    for (const each of fresh.querySelectorAll("details[data-subject]")) {
      if (opened.includes(each.dataset.subject)) each.open = true;
    }
  } else scrollTo(0, 0);
  begin();
  const focus = fresh.querySelector("#question") || fresh;
  focus.focus({ preventScroll: same });
  if (same && focus.getBoundingClientRect().top < 0) focus.scrollIntoView();
}

function ours(address) {
  const found = new URL(address, location.href);
  return found.origin === location.origin && !["/save", "/report"].includes(found.pathname) ? found : null;
}

document.addEventListener("click", (event) => {
  const link = event.target.closest("a[href]");
  if (!link || event.defaultPrevented || event.button || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
  if (link.getAttribute("href").startsWith("#")) return;
  const address = ours(link.href);
  if (!address) return;
  event.preventDefault();
  visit(address.pathname + address.search, null, false);
});

document.addEventListener("submit", (event) => {
  const form = event.target;
  const by = event.submitter;
  // attributes, not properties: a fact may be called `action`
  const address = ours((by && by.getAttribute("formaction")) || form.getAttribute("action"));
  if (!address) return;
  event.preventDefault();
  const said = [...new FormData(form)].filter(([, value]) => typeof value === "string");
  if (form.getAttribute("method") === "post") {
    visit(address.pathname + address.search, new URLSearchParams(said).toString(), false);
  } else visit(`${address.pathname}?${new URLSearchParams(said.filter(([, value]) => value))}`, null, false);
});

function again(state) {
  if (state && typeof state.form === "string") visit(state.to, state.form, true);
  else visit(location.pathname + location.search, null, true);
}

addEventListener("popstate", (event) => again(event.state));

function begin() {
  for (const choose of document.querySelectorAll(".choose")) {
    choose.hidden = false;
    choose.querySelector("input").addEventListener("change", async (event) => {
      const file = event.target.files[0];
      const text = choose.parentElement.querySelector("textarea");
      if (file) text.value = file.size < 900000 ? await file.text() : "# This file is too large to be a fact file.";
    });
  }
}

begin();
// after a reload, the form that was sent for this page is sent again: an address has no room for it
if (history.state && typeof history.state.form === "string") again(history.state);
