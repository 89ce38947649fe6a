package org.axongrid.emulator.microcode;

import java.lang.invoke.MethodHandles;
import java.util.concurrent.ConcurrentHashMap;
import org.axongrid.isa.microcode.NeuronBlock;
import org.axongrid.isa.microcode.NeuronInterpreter;
import org.axongrid.isa.microcode.NeuronKernel;
import org.axongrid.isa.microcode.NeuronProgram;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;

/**
 * Makes a {@link NeuronKernel} of a program: a hidden class whose one method is the program as Java bytecode inside a loop over compartments,
 * with state words and registers in local variables, which the JIT compiler then turns into machine code.
 *
 * <p>The system property {@value #PROPERTY} set to {@code interpreter} takes the interpreter instead, to compare.
 */
public final class KernelCompiler {
    /** System property that chooses the implementation. */
    public static final String PROPERTY = "axongrid.microcode";
    private static final String CLASS = KernelCompiler.class.getPackageName().replace('.', '/') + "/CompiledKernel";
    private static final ConcurrentHashMap<NeuronProgram, NeuronKernel> KERNELS = new ConcurrentHashMap<>();

    private KernelCompiler() { }

    /**
     * @param program any program
     * @return what runs it fastest; the same object for equal programs
     */
    public static NeuronKernel kernel(NeuronProgram program) {
        if ("interpreter".equals(System.getProperty(PROPERTY))) {
            return new NeuronInterpreter(program);
        }
        return KERNELS.computeIfAbsent(program, KernelCompiler::compile);
    }

    /** @return the program as a class of its own */
    static NeuronKernel compile(NeuronProgram program) {
        ClassWriter writer = new ClassWriter(ClassWriter.COMPUTE_FRAMES);
        writer.visit(Opcodes.V17, Opcodes.ACC_PUBLIC | Opcodes.ACC_FINAL, CLASS, null, Type.getInternalName(Object.class),
            new String[] {Type.getInternalName(NeuronKernel.class)});
        MethodVisitor constructor = writer.visitMethod(Opcodes.ACC_PUBLIC, "<init>", "()V", null, null);
        constructor.visitCode();
        constructor.visitVarInsn(Opcodes.ALOAD, 0);
        constructor.visitMethodInsn(Opcodes.INVOKESPECIAL, Type.getInternalName(Object.class), "<init>", "()V", false);
        constructor.visitInsn(Opcodes.RETURN);
        constructor.visitMaxs(0, 0);
        constructor.visitEnd();
        MethodVisitor update = writer.visitMethod(Opcodes.ACC_PUBLIC, "update", Type.getMethodDescriptor(Type.VOID_TYPE,
            Type.getType(NeuronBlock.class), Type.INT_TYPE, Type.INT_TYPE), null, null);
        update.visitCode();
        new KernelMethod(program, update).write();
        update.visitMaxs(0, 0);
        update.visitEnd();
        writer.visitEnd();
        try {
            Class<?> type = MethodHandles.lookup().defineHiddenClass(writer.toByteArray(), true).lookupClass();
            return (NeuronKernel) type.getConstructor().newInstance();
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("neuron program " + program.name() + " does not compile", e);
        }
    }
}
