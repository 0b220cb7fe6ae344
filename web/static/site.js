// What a page does beyond plain HTML: liking and feedback without leaving it, and sharing.
"use strict";

(() => {
  const say = (text) => {
    const said = document.querySelector(".said");
    if (said) said.textContent = text;
  };

  const showLikes = (form, likes) => {
    form.querySelector(".like-count").textContent = String(likes);
    form.querySelector(".like-word").textContent = "已赞";
    form.querySelector("button").setAttribute("aria-pressed", "true");
  };

  const like = async (event) => {
    event.preventDefault();
    const form = event.currentTarget;
    const button = form.querySelector("button");
    button.disabled = true;
    try {
      const answer = await fetch(form.dataset.api, { method: "POST" });
      const body = await answer.json();
      if (answer.ok) {
        showLikes(form, body.likes);
        say("谢谢你的赞");
      } else {
        say(body.error.message);
      }
    } catch {
      say("没有连上，请稍后再试");
    } finally {
      button.disabled = false;
      button.focus();
    }
  };

  const giveFeedback = async (event) => {
    event.preventDefault();
    const form = event.currentTarget;
    const chosen = event.submitter;
    const given = new URLSearchParams({ helpful: chosen.value });
    for (const name of ["query_id", "article_id"]) given.set(name, form.elements[name].value);
    const said = form.querySelector(".said");
    try {
      const answer = await fetch(form.dataset.api, { method: "POST", body: given });
      if (answer.ok) {
        for (const button of form.querySelectorAll("button")) {
          button.setAttribute("aria-pressed", String(button === chosen));
        }
        said.textContent = "谢谢反馈";
      } else {
        said.textContent = (await answer.json()).error.message;
      }
    } catch {
      said.textContent = "没有连上，请稍后再试";
    }
  };

  const share = async (event) => {
    const { title, path } = event.currentTarget.dataset;
    const url = new URL(path, location.href).href;
    try {
      if (navigator.share) {
        await navigator.share({ title, url });
      } else {
        await navigator.clipboard.writeText(url);
        say("链接已复制");
      }
    } catch (error) {
      if (error.name !== "AbortError") say(`没能分享，可以复制这个地址：${url}`);
    }
  };

  document.querySelector(".like")?.addEventListener("submit", like);
  for (const form of document.querySelectorAll("form.feedback")) {
    form.addEventListener("submit", giveFeedback);
  }

  const button = document.querySelector(".share");
  if (button && (navigator.share || navigator.clipboard)) {
    if (!navigator.share) button.textContent = "复制链接";
    button.hidden = false;
    button.addEventListener("click", share);
  }
})();
