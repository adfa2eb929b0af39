// Spares the reload: what a link or a form leads to replaces what is on the page. Without this script all of it works.
"use strict";

const content = () => document.getElementById("content");

async function visit(address, form, keep) {
  const body = form ? new URLSearchParams(new FormData(form)) : undefined;
  document.body.setAttribute("aria-busy", "true");
  try {
    const answer = await fetch(address, { method: form ? "POST" : "GET", body, headers: { accept: "text/html" } });
    const found = new DOMParser().parseFromString(await answer.text(), "text/html");
    const fresh = found.getElementById("content");
    if (!fresh) throw new Error("no page");
    if (!keep) history.pushState(form ? { form: body.toString() } : null, "", answer.redirected ? answer.url : address);
    show(found, fresh);
  } catch {
    if (form) form.submit();
    else location.assign(address);
  } finally {
    document.body.removeAttribute("aria-busy");
  }
}

function show(found, fresh) {
  const opened = [...content().querySelectorAll("details[open] > summary")].map((each) => each.textContent.split("(")[0].trim());
  const same = content().dataset.view === fresh.dataset.view;
  content().replaceWith(fresh);
  document.title = found.title;
  document.querySelector("header.bar").replaceWith(found.querySelector("header.bar"));
  document.getElementById("said").textContent = found.getElementById("said").textContent;
  if (same) {
    for (const summary of fresh.querySelectorAll("details > summary")) {
      if (opened.includes(summary.textContent.split("(")[0].trim())) summary.parentElement.open = true;
    }
  } else scrollTo(0, 0);
  const focus = fresh.querySelector("#question") || fresh;
  focus.focus({ preventScroll: same });
  begin();
}

function ours(address) {
  const found = new URL(address, location.href);
  return found.origin === location.origin && !["/save", "/report"].includes(found.pathname) ? found : null;
}

document.addEventListener("click", (event) => {
  const link = event.target.closest("a[href]");
  if (!link || event.button || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
  if (link.getAttribute("href").startsWith("#")) return;
  const address = ours(link.href);
  if (!address) return;
  event.preventDefault();
  visit(address.href);
});

document.addEventListener("submit", (event) => {
  const form = event.target;
  const address = ours(form.action);
  if (!address) return;
  event.preventDefault();
  if (form.method === "get") {
    address.search = new URLSearchParams(new FormData(form));
    visit(address.href);
  } else visit(address.href, form);
});

addEventListener("popstate", (event) => {
  if (event.state && event.state.form) location.reload();
  else visit(location.href, null, true);
});

function begin() {
  const choose = document.getElementById("choose");
  if (!choose) return;
  choose.hidden = false;
  document.getElementById("file").addEventListener("change", async (event) => {
    const file = event.target.files[0];
    if (file && file.size < 1000000) document.getElementById("text").value = await file.text();
  });
}

begin();
