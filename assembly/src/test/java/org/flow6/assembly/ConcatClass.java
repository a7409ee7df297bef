package org.flow6.assembly;

import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.Handle;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;

/** A class file that has a text put together by StringConcatFactory, as compilers do that are not told otherwise. */
final class ConcatClass {
    private ConcatClass() {}

    /** With {@code static String joined(String, Object, char, long, byte, int[])}. */
    static byte[] of() {
        ClassWriter writer = new ClassWriter(ClassWriter.COMPUTE_MAXS);
        writer.visit(Opcodes.V17, Opcodes.ACC_PUBLIC, "org/flow6/assembly/Joining", null, "java/lang/Object", null);
        String type = "(Ljava/lang/String;Ljava/lang/Object;CJB[I)Ljava/lang/String;";
        MethodVisitor method = writer.visitMethod(Opcodes.ACC_PUBLIC | Opcodes.ACC_STATIC, "joined", type, null, null);
        method.visitCode();
        int[] loads = {Opcodes.ALOAD, Opcodes.ALOAD, Opcodes.ILOAD, Opcodes.LLOAD, Opcodes.ILOAD, Opcodes.ALOAD};
        int variable = 0;
        for (int load : loads) {
            method.visitVarInsn(load, variable);
            variable += load == Opcodes.LLOAD ? 2 : 1;
        }
        Handle maker = new Handle(
                Opcodes.H_INVOKESTATIC,
                "java/lang/invoke/StringConcatFactory",
                "makeConcatWithConstants",
                "(Ljava/lang/invoke/MethodHandles$Lookup;Ljava/lang/String;Ljava/lang/invoke/MethodType;"
                        + "Ljava/lang/String;[Ljava/lang/Object;)Ljava/lang/invoke/CallSite;",
                false);
        method.visitInvokeDynamicInsn("makeConcatWithConstants", type, maker, "<\1|\1\1\2\1\1\1>", " constant");
        method.visitInsn(Opcodes.ARETURN);
        method.visitMaxs(0, 0);
        method.visitEnd();
        writer.visitEnd();
        return writer.toByteArray();
    }
}
