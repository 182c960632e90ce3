"""How a form looks in Norway's public design system: a template pack for django-crispy-forms.

A form declares how it lies on the page, and the page says `{% load crispy_forms_tags %}{% crispy form %}`:

    class HealthForm(forms.Form):
        epilepsy = dressed(
            forms.ChoiceField(label=_("Har hun epilepsi?"), choices=REPLIES, widget=forms.RadioSelect),
            cite=[("Punkt 2", "/retningslinjen#G2"), ("SPC 4.3", "/retningslinjen#S-SPC-M", "spc")],
            remember=True,
        )
        weight = dressed(forms.DecimalField(label=_("Vekt"), localize=True), unit="kg", optional=True)

        helper = Helper(
            Group(_("Sinn og nerver"), "epilepsy", none=("none", "mind", _("Nei til alle i gruppen"))),
            Group(_("Mål"), "weight"),
            Actions(Button(_("Lagre og gå videre")), Button(_("Lagre"), name="stay", value="1", variant="secondary")),
        )

A form whose fields come from an edition sets `self.helper = Helper(...)` when its fields are there.
`dressed` and what it takes: `designsystemet.face`. `Helper`, `Group` and the rest: `designsystemet.layout`.
The HTML is in `templates/designsystemet/`; this package imports nothing of the house.
"""
