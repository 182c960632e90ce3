// Tells the styles that scripts run, so that a button that needs one is not shown without.
document.documentElement.classList.add("mv-js");
// htmx writes each page's address, in which a course's code may stand, into what the tab remembers.
document.addEventListener("DOMContentLoaded", () => sessionStorage.removeItem("htmx-current-path-for-history"));
