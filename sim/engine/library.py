"""Libraries of compiled code: rules stay intermediate code, kernels become machine code.

By default, Numba optimises each function together with all functions that it calls, and then
translates it to machine code. A rule that is called by a rule that is called by a kernel would be
optimised and translated three times, although only the code in the kernel is ever run. Here, a rule
is only lowered to intermediate code, once for given types of arguments. A kernel collects the code
of all rules that it needs, and is optimised and translated as a whole.

This uses parts of Numba that its documentation does not describe. `tests/engine/test_library.py`
says what is expected of them.
"""

from collections.abc import Callable, Iterator
from typing import Any

from numba import types
from numba.core.codegen import CodeLibrary, JITCodeLibrary
from numba.core.compiler import Compiler
from numba.core.datamodel.models import OpaqueModel
from numba.core.datamodel.registry import register_default


class RuleLibrary(JITCodeLibrary):
    """The intermediate code of one rule. It is never optimised or translated on its own."""

    def finalize(self) -> None:
        """Close the library; there is nothing to translate."""
        self._raise_if_finalized()
        self._finalized = True

    def get_pointer_to_function(self, name: str) -> int:
        """Zero: a rule has no machine code of its own."""
        self._ensure_finalized()
        return 0

    @property
    def codegen(self) -> "RuleLibrary":
        """What takes the environment of the function: the library itself; see `set_env`."""
        return self

    def set_env(self, name: str, environment: Any) -> None:
        """Do nothing. Environments are for Python objects, which rules do not use."""

    def needed(self) -> Iterator[CodeLibrary]:
        """This library and those of all functions that the rule calls, directly or not.

        Yields:
            A library may come more than once.
        """
        yield self
        for library in self._linking_libraries:
            yield from _needed(library)


class KernelLibrary(JITCodeLibrary):
    """The code of a kernel and of all rules that it needs."""

    def add_linking_library(self, library: CodeLibrary) -> None:
        """Include the code of a function and of all rules that it needs."""
        for one in dict.fromkeys(_needed(library)):
            super().add_linking_library(one)

    def _optimize_functions(self, ll_module: Any) -> None:
        """Leave the parts as they are; they are optimised once they are together."""
        ll_module.data_layout = self._codegen._data_layout

    def _optimize_final_module(self) -> None:
        """Make the rules internal to the kernel, and optimise everything once.

        Nothing else calls the rules in this kernel, so arguments that a rule does not use can be
        dropped: a named tuple of arrays is some hundred machine words. Numba would first optimise
        cheaply, in order to remove reference counting. There is none here.
        """
        for function in self._final_module.functions:
            if function.linkage.name == "linkonce_odr":
                function.linkage = "internal"
        passes, builder = self._codegen._module_pass_manager()
        passes.run(self._final_module, builder)


def _needed(library: CodeLibrary) -> Iterator[CodeLibrary]:
    """A library, and those that it needs and does not include."""
    if isinstance(library, RuleLibrary):
        yield from library.needed()
    else:
        yield library


class KernelCompiler(Compiler):
    """Numba's usual compiler, for kernels."""

    library: type[JITCodeLibrary] = KernelLibrary

    def compile_extra(self, func: Callable[..., Any]) -> Any:
        """Compile a function into a library of the kind that this compiler makes."""
        library = self.library(self.state.targetctx.codegen(), func.__qualname__)
        library.enable_object_caching()
        self.state.library = library
        return super().compile_extra(func)


class RuleCompiler(KernelCompiler):
    """Numba's usual compiler, for rules."""

    library = RuleLibrary


class RuleType(types.Dispatcher):
    """The type of a rule, as Numba infers it where the rule is called."""

    def get_call_type(self, context: Any, args: tuple[Any, ...], kws: dict[str, Any]) -> Any:
        """The signature for these arguments. Constants do not get code of their own."""
        plain = tuple(types.unliteral(one) for one in args)
        named = {name: types.unliteral(one) for name, one in kws.items()}
        return super().get_call_type(context, plain, named)


register_default(RuleType)(OpaqueModel)
