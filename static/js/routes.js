/** All screens: one file each in screens/. `open` ones need no account; `nav` says in which part of the menu one stands. */

/** @type {import("./router.js").Route[]} */
export const ROUTES = [
  { path: "/", screen: "welcome", title: "nav.welcome", open: true },
  { path: "/home", screen: "home", title: "nav.home", icon: "home", nav: "main" },
  { path: "/read", screen: "read", title: "nav.read", icon: "read", nav: "main" },
  { path: "/talk", screen: "talk", title: "nav.talk", icon: "talk", nav: "main" },
  { path: "/lessons", screen: "lessons", title: "lessons.title", icon: "lessons", nav: "main" },
  { path: "/lessons/:module", screen: "lesson", title: "lessons.title" },
  { path: "/lessons/:module/:task", screen: "task", title: "lessons.title" },
  { path: "/review", screen: "review", title: "review.title", icon: "check", nav: "more" },
  { path: "/conversations", screen: "conversations", title: "conversations.title", icon: "talk", nav: "more" },
  { path: "/conversations/:conversation", screen: "conversation", title: "conversations.one" },
  { path: "/history", screen: "history", title: "history.title", icon: "history", nav: "more" },
  { path: "/history/:transcript", screen: "session", title: "history.title" },
  { path: "/notes", screen: "notes", title: "notes.title", icon: "write", nav: "more" },
  { path: "/documents", screen: "documents", title: "documents.title", icon: "library", nav: "more" },
  { path: "/search", screen: "search", title: "search.title", icon: "search", nav: "more" },
  { path: "/account", screen: "account", title: "account.title", icon: "account", nav: "more" },
  { path: "/privacy", screen: "privacy", title: "privacy.title", icon: "lock", nav: "more" },
  { path: "/sign-in", screen: "sign-in", title: "account.sign_in", open: true },
  { path: "/sign-up", screen: "sign-up", title: "account.sign_up", open: true },
  { path: "/more", screen: "more", title: "nav.more", open: true },
];
