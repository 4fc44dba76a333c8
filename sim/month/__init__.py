"""The steps of a month; `calendar` lists them in their order."""
