"""Criminal prosecution of refusal (拒执罪): who is reported, who charges, who is sentenced.

Courts report debtors who evade, and by error some who cannot pay. The district's prosecutor charges
them if that is worth the work and there is room; otherwise their creditor may. `refusal` has the
report and the sentence, `public` the prosecutors' offices, `private` the creditors' own charges,
`declaration` what all three share.
"""
