"""Criminal prosecution of refusal to execute a judgment (拒执罪): reports, charges, sentences.

Courts report debtors who evade and, by error, some who cannot pay. The district's prosecutor
charges a reported debtor if that is worth the work and capacity is left. Otherwise the creditor may
do so.

refusal: reports and sentences.
public: the prosecutors' offices.
private: the creditors' own charges.
declaration: what the other three share.
"""
