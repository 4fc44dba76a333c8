"""Links rules into kernels: a rule is optimised and made machine code only inside a kernel.

Numba makes a library of every function that it compiles. By default each library contains all that
its function calls, is optimised and becomes machine code, although only kernels are ever called
from outside. A rule at the end of a chain of calls would be optimised once for each link of the
chain. Here the library of a rule only keeps its code, and a kernel takes in each of its rules once.

No one else calls the rules inside a kernel, so they are made internal to it. This lets the compiler
drop arguments that a rule does not use: a named tuple of arrays is some hundred machine words.
"""

from typing import Any

from numba.core.codegen import JITCodeLibrary
from numba.core.compiler import Compiler


class _NoEngine:
    """Stands for the engine that runs machine code, of which a rule has none."""

    def set_env(self, name: str, environment: Any) -> None:
        """Do nothing: rules raise no errors with values, the only use of an environment."""


class RuleLibrary(JITCodeLibrary):
    """The code of a rule, without the rules that it calls."""

    codegen = _NoEngine()
    _shared_module: Any

    def finalize(self) -> None:
        """End the library as it is; only its kernels are optimised."""
        self._raise_if_finalized()
        for library in self._linking_libraries:
            self._reload_init.update(library._reload_init)
        self._finalize_dynamic_globals()
        self._finalized = True

    def get_pointer_to_function(self, name: str) -> int:
        """The null pointer, since a rule is never called from outside."""
        self._ensure_finalized()
        return 0

    def _get_module_for_linking(self) -> Any:
        """The rule with all that it calls, for functions that are not kernels, as in tests."""
        self._ensure_finalized()
        if self._shared_module is None:
            whole = self._final_module.clone()
            _link(whole, self)
            for function in whole.functions:
                if not function.is_declaration:
                    function.linkage = "linkonce_odr"
            self._shared_module = whole
        return self._shared_module


class KernelLibrary(JITCodeLibrary):
    """The code of a kernel and of all rules that it calls, directly or not."""

    def finalize(self) -> None:
        """Take in the rules, make them internal, and optimise them together."""
        self._codegen._check_llvm_bugs()
        self._raise_if_finalized()
        module = self._final_module
        own = {function.name for function in module.functions if not function.is_declaration}
        for library in _link(module, self):
            self._reload_init.update(library._reload_init)
        for function in module.functions:
            if not function.is_declaration and function.name not in own:
                function.linkage = "internal"
        self._optimize_final_module()
        self._final_module.verify()
        self._finalize_final_module()


def _link(module: Any, library: JITCodeLibrary) -> list[JITCodeLibrary]:
    """Copy into a module all that a library calls; return the libraries copied."""
    called = _called(library, {})
    for one in called:
        one._ensure_finalized()
        rule = isinstance(one, RuleLibrary)
        module.link_in(one._final_module if rule else one._get_module_for_linking(), preserve=True)
    return list(called)


def _called(
    library: JITCodeLibrary, found: dict[JITCodeLibrary, None]
) -> dict[JITCodeLibrary, None]:
    """The libraries that a library calls, directly or through rules, each once."""
    for one in library._linking_libraries:
        if one not in found:
            found[one] = None
            if isinstance(one, RuleLibrary):
                _called(one, found)
    return found


class _Compiler(Compiler):
    """Numba's compiler, with a library of another kind."""

    library: type[JITCodeLibrary]

    def define_pipelines(self) -> Any:
        """The usual steps; the last ones fill the library."""
        state = self.state
        if state.library is None:
            state.library = self.library(state.targetctx.codegen(), state.func_id.func_qualname)
            state.library.enable_object_caching()
        return super().define_pipelines()


class RuleCompiler(_Compiler):
    """Compiles a rule."""

    library = RuleLibrary


class KernelCompiler(_Compiler):
    """Compiles a kernel with its rules."""

    library = KernelLibrary
