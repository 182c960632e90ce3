// Tells the styles that scripts run, so that a button that needs one is not shown without.
document.documentElement.classList.add("mv-js");
