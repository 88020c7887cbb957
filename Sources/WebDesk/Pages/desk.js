// What makes the pages more comfortable; all of it can be done without.

// A file that is dropped is the file that was picked; one that is too large is not even sent.
for (const form of document.querySelectorAll("[data-drop]")) {
  const input = form.querySelector("input[type=file]");
  const trouble = form.querySelector("[data-trouble]");
  const isTooLarge = () => input.files.length > 0 && input.files[0].size > Number(form.dataset.limit);
  const look = () => {
    trouble.hidden = !isTooLarge();
    trouble.textContent = isTooLarge() ? form.dataset.tooLarge : "";
  };
  input.addEventListener("change", look);
  form.addEventListener("dragover", (event) => { event.preventDefault(); form.classList.add("over"); });
  form.addEventListener("dragleave", () => form.classList.remove("over"));
  form.addEventListener("drop", (event) => {
    event.preventDefault();
    form.classList.remove("over");
    if (event.dataTransfer.files.length === 0) return;
    input.files = event.dataTransfer.files;
    look();
    if (!isTooLarge()) form.requestSubmit();
  });
  form.addEventListener("submit", (event) => {
    if (isTooLarge()) return event.preventDefault();
    const button = form.querySelector("button");
    button.disabled = true;
    button.textContent = form.dataset.busy;
  });
}

// A second click on what is under way does nothing. (The server would see to that as well.)
for (const form of document.querySelectorAll("[data-once]")) {
  form.addEventListener("submit", () => {
    for (const button of form.querySelectorAll("button")) setTimeout(() => { button.disabled = true; });
  });
}

// Who goes back to a page finds its buttons as they were.
addEventListener("pageshow", (event) => { if (event.persisted) location.reload(); });

// How a run goes on. Where the connection is lost, the page says so, and the browser opens it again by itself.
for (const live of document.querySelectorAll("[data-live]")) {
  const events = new EventSource(live.dataset.live);
  const lost = document.querySelector("[data-lost]");
  events.addEventListener("open", () => { lost.hidden = true; });
  events.addEventListener("proof", (event) => {
    // Not from under the fingers of whoever walks through it by keyboard.
    if (!live.contains(document.activeElement)) live.innerHTML = event.data;
  });
  events.addEventListener("ended", () => { events.close(); location.reload(); });
  // Where the desk does not know the person any more, or too many look on, the page must not stand there as if nothing went on.
  // Not at once: what is refused now would be refused at once again.
  events.addEventListener("error", () => {
    if (events.readyState === EventSource.CLOSED) setTimeout(() => location.reload(), 5000);
    else lost.hidden = false;
  });
}
