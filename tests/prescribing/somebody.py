"""Somebody who does not exist, as her name, number, birth date and phone stand in what is typed about her."""

NAME = "Sentinella Prøvenavn"
NUMBER = "13829810098"  # Tenor's kind: 80 is added to the month
BIRTH_DATE = "13.02.1998"
PHONE = "912 34 567"
